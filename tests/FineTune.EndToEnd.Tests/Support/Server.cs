using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary><c>finetune serve</c> as a process, and a client of its HTTP API.</summary>
internal sealed partial class Server : IDisposable
{
    private Server(RunningProgram program, Uri address)
    {
        Program = program;
        Http = new HttpClient { BaseAddress = address };
    }

    public RunningProgram Program { get; }

    public HttpClient Http { get; }

    public static async Task<Server> StartAsync(Scene scene, params string[] more)
    {
        RunningProgram program = scene.Start(["serve", "--port", "0", .. more]);
        await Eventually.TrueAsync(() => program.HasExited || Address().IsMatch(program.Output), "the server says where it listens");
        Match address = Address().Match(program.Output);
        Assert.True(address.Success, $"The server did not start: {program.Error}");
        return new Server(program, new Uri(address.Value));
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type)
        => await Http.GetFromJsonAsync(path, type, TestContext.Current.CancellationToken) ?? throw new InvalidDataException($"{path} answered null.");

    public Task<RunView> GetRunAsync(string runId) => GetAsync($"api/runs/{runId}", FineTuneJson.Default.RunView);

    public async Task<RunView> StartRunAsync(string dataset)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(
            "api/runs", new StartRequest { Dataset = dataset }, FineTuneJson.Default.StartRequest, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(FineTuneJson.Default.RunView, TestContext.Current.CancellationToken))!;
    }

    public async Task<RunView> EndOfAsync(string runId)
    {
        RunView run = await GetRunAsync(runId);
        await Eventually.TrueAsync(async () => (run = await GetRunAsync(runId)).Status is not RunStatus.Running, $"run {runId} is over");
        return run;
    }

    public void Dispose() => Http.Dispose();

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}
