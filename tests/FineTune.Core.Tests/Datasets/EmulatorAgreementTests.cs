using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;
using FineTune.Emulator;

namespace FineTune.Core.Tests.Datasets;

/// <summary>
/// The checker predicts the provider's verdict: every bad line goes to the emulator, too, which judges with code of its own, as a real
/// upload and a real job. Where the two differ on purpose, the reason stands here.
/// </summary>
public sealed class EmulatorAgreementTests : IAsyncLifetime
{
    // The provider would take these; we call them errors because what would be trained is not what is written.
    private static readonly Dictionary<string, string> StricterOnPurpose = new()
    {
        ["json-duplicate-key"] = "JSON readers take one of the two, and nobody knows which.",
        ["weights-all-zero"] = "The job runs and costs, and learns nothing.",
        ["image-not-base64"] = "The provider skips such examples without a word.",
        ["image-other-kind"] = "The provider skips such examples without a word.",
    };

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
    }

    [Fact]
    public async Task Verdicts_Agree_OnEveryBadLineButThoseNamed()
    {
        var differences = new List<string>();
        foreach (var row in BadLines.All)
        {
            var (code, marked) = row.Data;
            byte[] bytes = [.. Encoding.UTF8.GetBytes(Inspection.GoodLines(12)), .. BadLines.Read(marked).Bytes];
            bool ours = (await Inspection.OfAsync(bytes, BadLines.Spec)).IsTrainable;
            string refusal = await RefusalAsync(bytes);
            if (ours != (refusal.Length == 0) && (refusal.Length > 0 || !StricterOnPurpose.ContainsKey(code)))
            {
                differences.Add($"{code}: ours says {ours}, the emulator \"{refusal}\": {marked}");
            }
        }

        Assert.Equal("", await RefusalAsync(Encoding.UTF8.GetBytes(Inspection.GoodLines(12))));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public async Task Verdicts_Agree_OnEverySample()
    {
        foreach (string sample in SampleTests.AllFiles())
        {
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken);
            DatasetReport report = await Inspection.OfAsync(bytes, BadLines.Spec);
            bool isStricter = report.ProblemCounts.Any(count => StricterOnPurpose.ContainsKey(count.Code));
            string refusal = await RefusalAsync(bytes);

            Assert.True(isStricter || report.IsTrainable == (refusal.Length == 0), $"{sample}: {refusal}");
        }
    }

    [Fact]
    public void StricterOnPurpose_NamesOnlyErrors()
        => Assert.All(StricterOnPurpose.Keys, code => Assert.Equal(Severity.Error, DatasetRules.All.Single(rule => rule.Code == code).Severity));

    /// <summary>Empty when a job with the file succeeds, otherwise what the emulator says.</summary>
    private async Task<string> RefusalAsync(byte[] bytes)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using MultipartFormDataContent form = new() { { new StringContent("fine-tune"), "purpose" }, { new ByteArrayContent(bytes), "file", "data.jsonl" } };
        using var uploaded = await _client.PostAsync("files", form, cancellationToken);
        var file = await uploaded.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        using var created = await _client.PostAsJsonAsync(
            "fine_tuning/jobs", new { model = BadLines.Spec.Model, training_file = (string?)file!["id"] }, cancellationToken);
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
