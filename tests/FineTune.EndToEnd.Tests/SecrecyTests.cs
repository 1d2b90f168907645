using FineTune.Emulator.Faults;
using FineTune.Operations;
using static FineTune.EndToEnd.Tests.Faults.FaultCase;

namespace FineTune.EndToEnd.Tests;

/// <summary>No training text and no API key comes out anywhere but where it belongs: in the dataset and at the provider.</summary>
public sealed class SecrecyTests
{
    private const string Question = "canary question purple walrus 8841";
    private const string Answer = "canary answer quiet heron 1977";
    private const string AzureKey = "9f86d081884c7d659a2feaa0c55ad015";

    private static readonly string[] Secrets = [Question, Answer, Scene.ApiKey, AzureKey];
    private static readonly Canary[] Canaries = [.. Secrets.Select(secret => new Canary(secret))];

    [Fact]
    public async Task Run_TellsNoSecret_WhenItSucceedsThroughTroubles()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Emulator.AddFault(Echo("POST", Files, Scene.ApiKey));
        scene.Emulator.AddFault(On("POST", Jobs, FaultKind.CommitThenDrop));
        scene.Emulator.AddFault(Echo("GET", OneJob, Scene.ApiKey));

        ProgramResult run = (await scene.FineTuneAsync("run", Dataset(scene), "--verbose")).ExitsWith(0);

        ShowsNone(scene, run.Output, run.Error);
    }

    [Theory]
    [InlineData(Scene.ApiKey)]
    [InlineData(AzureKey)]
    public async Task Run_TellsNoSecret_WhenTheProviderEchoesTheKey(string key)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__Provider__ApiKey"] = key;
        scene.Emulator.AddFault(Echo("POST", Jobs, key));

        ProgramResult run = (await scene.FineTuneAsync("run", Dataset(scene), "--verbose")).ExitsWith(6);
        ProgramResult status = (await scene.FineTuneAsync("status", "--json")).ExitsWith(0);

        Assert.Contains("Incorrect API key provided", status.Run.Detail, StringComparison.Ordinal);
        ShowsNone(scene, run.Output, run.Error, status.Output);
    }

    [Fact]
    public async Task Run_TellsNoSecret_WhenItIsKilledAndItsWritesStillLieInTheLog()
    {
        await using Scene scene = await Scene.OpenAsync();

        ProgramResult killed = (await scene.FineTuneAsync("CollectResult:done", ["run", Dataset(scene), "--verbose"])).ExitsWith(137);

        ShowsNone(scene, killed.Output, killed.Error);
    }

    [Fact]
    public async Task Run_TellsNoSecret_WhenTheDatasetIsBadInManyWays()
    {
        await using Scene scene = await Scene.OpenAsync();
        string good = ChatDataset.Line(Question, Answer);
        string bad = string.Join('\n',
        [
            good + ",", good[..^1], good.Replace("user", Question, StringComparison.Ordinal), good.Replace("content", Answer, StringComparison.Ordinal),
            good.Replace('"', '\''), $"\"{Question}\"", Answer, good.Replace(Answer, Answer + "\\ud83d", StringComparison.Ordinal), good, good, good, good,
        ]);

        ProgramResult run = (await scene.FineTuneAsync("run", scene.Write("bad.jsonl", bad), "--verbose")).ExitsWith(3);
        ProgramResult validate = (await scene.FineTuneAsync("validate", Path.Combine(scene.Datasets, "bad.jsonl"), "--json")).ExitsWith(3);

        ShowsNone(scene, run.Output, run.Error, validate.Output);
    }

    [Fact]
    public async Task Serve_TellsNoSecret_WhateverIsAsked()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Drop("secret.jsonl", File.ReadAllText(Dataset(scene)));
        using Server server = await Server.StartAsync(scene, "--verbose");
        RunView run = await server.EndOfAsync((await server.StartRunAsync("secret.jsonl")).RunId);

        List<string> answers = [];
        foreach (string path in new[] { "runs", $"runs/{run.RunId}", $"runs/{run.RunId}/events", $"runs/{run.RunId}/report", "models" })
        {
            answers.Add(await server.Http.GetStringAsync($"api/{path}", TestContext.Current.CancellationToken));
        }

        ShowsNone(scene, [server.Program.Output, server.Program.Error, .. answers]);
    }

    private static string Dataset(Scene scene)
        => scene.Write("secret.jsonl", ChatDataset.On("lamp") + ChatDataset.Line(Question, Answer) + "\n");

    private static Fault Echo(string method, string path, string key) => Fails(method, path, 401, "invalid_api_key") with
    {
        Message = $"Incorrect API key provided: {key}. You can find your API key in your settings.",
    };

    private static void ShowsNone(Scene scene, params string[] said)
    {
        foreach (string text in said)
        {
            Check("what the program said", System.Text.Encoding.UTF8.GetBytes(text));
        }

        string[] kept =
        [
            .. Directory.EnumerateFiles(scene.DataFolder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is not (".jsonl" or ".lock")), // the datasets themselves; a lock is empty and cannot be read while held
        ];
        Assert.Contains(kept, file => file.EndsWith("ledger.db", StringComparison.Ordinal));
        Assert.Contains(kept, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        Assert.All(kept, file => Check(file, ReadShared(file)));
    }

    private static void Check(string place, byte[] content)
        => Assert.All(Canaries, canary => Assert.True(canary.FindIn(content) is null, $"{canary.FindIn(content)} is in {place}."));

    private static byte[] ReadShared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    }
}
