using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Ledger;
using FineTune.Simulation.Tests.Machine;

namespace FineTune.Simulation.Tests.World;

/// <summary>The emulator as the simulated provider, and an onlooker's view of it that passes no gate.</summary>
internal sealed class Provider : IAsyncDisposable
{
    /// <summary>What somebody else calls their files.</summary>
    public const string ForeignFile = "foreign.jsonl";

    private static readonly AuthenticationHeaderValue Onlooker = new("Bearer", "emu-onlooker");

    private readonly EmulatorServer _emulator;
    private readonly InMemoryServer _line;

    private Provider(EmulatorServer emulator, InMemoryServer line) => (_emulator, _line) = (emulator, line);

    public DateTimeOffset Now => _emulator.Now;

    public LedgerReport Books => _emulator.ReadLedger();

    public IReadOnlyList<Fault> Faults => _emulator.Faults();

    public static async Task<Provider> OpenAsync(EmulatorOptions options, TimeProvider truth)
    {
        InMemoryServer line = new();
        return new Provider(await EmulatorServer.StartAsync(options, truth, line, CancellationToken.None), line);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _line.SendAsync(request, Now);

    /// <summary>Returns the id by which the fault is found again.</summary>
    public string Add(Fault fault) => _emulator.AddFault(fault).Id;

    /// <summary>From now on the provider is well.</summary>
    public void Heal() => _emulator.ClearFaults();

    public Task<JsonElement> GetAsync(string path) => LookAsync(HttpMethod.Get, path, content: null);

    /// <summary>Cancel, pause or resume a job, as somebody at the dashboard would; too late is no error.</summary>
    public Task InterveneAsync(string jobId, string verb) => PressAsync(HttpMethod.Post, $"fine_tuning/jobs/{jobId}/{verb}");

    public Task DeleteFileAsync(string fileId) => PressAsync(HttpMethod.Delete, $"files/{fileId}");

    /// <summary>A job of somebody else's in the same account, with a key perhaps that another of our installations made; null where the account has too many.</summary>
    public async Task<string?> CreateForeignJobAsync(string dataset, string? key)
    {
        using MultipartFormDataContent form = new()
        {
            { new StringContent("fine-tune"), "purpose" },
            { new StringContent(dataset), "file", ForeignFile },
        };
        JsonElement file = await LookAsync(HttpMethod.Post, "files", form);
        string metadata = key is null ? "null" : $$"""{"ft_key": "{{key}}", "ft_installation": "theirs"}""";
        string body = $$"""
            {"model": "gpt-4.1-mini-2025-04-14", "training_file": "{{file.GetProperty("id").GetString()}}", "suffix": "bot", "metadata": {{metadata}}}
            """;
        using StringContent job = new(body, Encoding.UTF8, "application/json");
        return (await LookAsync(HttpMethod.Post, "fine_tuning/jobs", job)).TryGetProperty("id", out JsonElement id) ? id.GetString() : null;
    }

    /// <summary>Everything in a paged list, as the provider has it.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        JsonElement page;
        do
        {
            string after = all.Count == 0 ? "" : $"&after={all[^1].GetProperty("id").GetString()}";
            page = await GetAsync($"{path}?limit=100{after}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
        }
        while (page.GetProperty("has_more").GetBoolean());

        return all;
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    /// <summary>The provider's faults meet everybody; whether it has worked is seen by what becomes of the run.</summary>
    private async Task PressAsync(HttpMethod method, string path)
    {
        try
        {
            await LookAsync(method, path, content: null);
        }
        catch (Exception unwell) when (unwell is HttpRequestException or JsonException)
        {
            // No answer, or none that could be read.
        }
    }

    private async Task<JsonElement> LookAsync(HttpMethod method, string path, HttpContent? content)
    {
        using HttpRequestMessage request = new(method, new Uri(_emulator.BaseAddress, path)) { Content = content };
        request.Headers.Authorization = Onlooker;
        using HttpResponseMessage answer = await SendAsync(request);
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    }
}
