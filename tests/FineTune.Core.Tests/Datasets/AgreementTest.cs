using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FineTune.Emulator;

namespace FineTune.Core.Tests.Datasets;

/// <summary>Asks the emulator, which judges with code of its own, as a real upload and a real job.</summary>
public abstract class AgreementTest : IAsyncLifetime
{
    private EmulatorServer _emulator = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions(), timeProvider: null, TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = _emulator.BaseAddress };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "sk-test");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Empty when a job with the file succeeds, otherwise what the emulator says.</summary>
    /// <param name="jobOn">The body that asks for a job on the file of this id.</param>
    protected async Task<string> RefusalAsync(byte[] bytes, Func<string, JsonObject> jobOn)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using MultipartFormDataContent form = new() { { new StringContent("fine-tune"), "purpose" }, { new ByteArrayContent(bytes), "file", "data.jsonl" } };
        using var uploaded = await _client.PostAsync("files", form, cancellationToken);
        string file = (string)(await uploaded.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["id"]!;
        using var created = await _client.PostAsJsonAsync("fine_tuning/jobs", jobOn(file), cancellationToken);
        if (!created.IsSuccessStatusCode)
        {
            return await created.Content.ReadAsStringAsync(cancellationToken);
        }

        var job = await created.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        _emulator.Advance(TimeSpan.FromMinutes(30));
        var end = await _client.GetFromJsonAsync<JsonObject>($"fine_tuning/jobs/{job!["id"]}", cancellationToken);
        return (string?)end!["status"] == "succeeded" ? "" : $"{end["status"]}: {end["error"]?["message"]}";
    }
}
