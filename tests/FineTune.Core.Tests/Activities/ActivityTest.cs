using System.Net.Http.Headers;
using System.Text.Json;
using FineTune.Core.Tests.Fakes;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Provider;
using FineTune.Workflows;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Activities;

/// <summary>An activity with the real provider client against an emulator of its own, and time that moves on command.</summary>
public abstract class ActivityTest : IAsyncLifetime
{
    private protected const string RunId = "run-1";

    private protected const string Sha = "sha-of-the-dataset";

    private protected static readonly FineTuneSpec Spec = new() { Model = "gpt-4.1-mini-2025-04-14", Suffix = "bot" };

    private protected static readonly string Key = RunKey.Compute(Sha, validationSha256: null, Spec);

    private HttpClient _http = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected ManualClock Clock { get; } = new();

    private protected InMemoryLedger Ledger { get; } = new();

    private protected InMemoryStore Store { get; } = new();

    private protected ProviderOptions Settings { get; } = new() { ApiKey = "sk-canary-123456", CallTimeout = TimeSpan.FromSeconds(30) };

    private protected EmulatorServer Emulator { get; private set; } = null!;

    private protected IFineTuningApi Api { get; private set; } = null!;

    private protected RunRow Row => Ledger.FindRunAsync(RunId, Token).Result!;

    public ValueTask InitializeAsync() => new(UseEmulatorAsync(new EmulatorOptions { Seed = 7 }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another emulator in the place of the one there was.</summary>
    private protected async Task UseEmulatorAsync(EmulatorOptions options)
    {
        if (Emulator is not null)
        {
            await DisposeAsync();
        }

        Emulator = await EmulatorServer.StartAsync(options, Clock, Token);
        _http = new HttpClient { BaseAddress = Emulator.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-somebody-else");
        Settings.Endpoint = Emulator.BaseAddress;
        UseSettings();
    }

    /// <summary>A client that knows the settings as they are now.</summary>
    private protected void UseSettings() => Api = new OpenAIFineTuningApi(Options.Create(Settings), time: Clock);

    private protected static string Chat(int examples = 12, string topic = "apples") => string.Concat(Enumerable.Range(1, examples).Select(i =>
        $$"""{"messages":[{"role":"user","content":"How many {{topic}} are {{i}} and {{i}}?"},{"role":"assistant","content":"{{i + i}} {{topic}}"}]}""" + "\n"));

    private protected async Task<RunRow> AddRunAsync(Func<RunRow, RunRow>? change = null, string runId = RunId)
    {
        RunRow row = new()
        {
            RunId = runId,
            Dataset = await Store.FindAsync("support.jsonl", Token) ?? Store.Drop("support.jsonl", Chat()),
            Spec = Spec,
            CreatedAt = Clock.GetUtcNow(),
            UpdatedAt = Clock.GetUtcNow(),
            Key = Key,
            Sha256 = Sha,
        };
        await Ledger.TryAddRunAsync(change is null ? row : change(row), Token);
        return (await Ledger.FindRunAsync(runId, Token))!;
    }

    /// <summary>A file of ours that the provider has and has processed.</summary>
    private protected async Task<string> HaveFileAsync(string? name = null, int examples = 12)
    {
        using MemoryStream content = new(System.Text.Encoding.UTF8.GetBytes(Chat(examples)));
        ProviderFile file = await Api.UploadFileAsync(name ?? UploadName.Training(Key), content, Token);
        return file.Id;
    }

    /// <summary>A job that somebody made, past our activities.</summary>
    private protected async Task<string> HaveJobAsync(string trainingFile, object? metadata = null, string suffix = "bot")
    {
        using StringContent body = new(
            JsonSerializer.Serialize(new { model = Spec.Model, training_file = trainingFile, suffix, metadata }),
            System.Text.Encoding.UTF8,
            "application/json");
        using HttpResponseMessage answer = await _http.PostAsync("fine_tuning/jobs", body, Token);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("id").GetString()!;
    }

    private protected async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _http.GetStringAsync(path, Token));

    private protected Fault Script(FaultKind kind, string method, string path, Func<Fault, Fault>? more = null)
    {
        Fault fault = new() { Kind = kind, Match = new FaultMatch { Method = method, Path = path } };
        return Emulator.AddFault(more is null ? fault : more(fault));
    }

    private protected int Requests(string methodAndRoute) => Emulator.ReadLedger().Requests.GetValueOrDefault(methodAndRoute);
}
