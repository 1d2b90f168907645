using FineTune.Emulator;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>Where the provider's jobs are few, runs stand in line: by priority, then by age.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData(true)] // our own limit
    [InlineData(false)] // the provider's "no more"
    public async Task Serve_TakesTheUrgentRunFirst_WhenThereIsOnePlace(bool isOurLimit)
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions { Speed = 20, ConcurrentJobLimit = isOurLimit ? null : 1 });
        if (isOurLimit)
        {
            scene.Settings["FineTune__Provider__MaxJobs"] = "1";
        }

        using Server server = await Server.StartAsync(scene);
        RunView first = await StartAsync(scene, server, "first", priority: 0);
        string? job = null;
        await Eventually.TrueAsync(async () => (job = await FirstJobAsync(scene)) is not null, "the first run has its job");
        await scene.Emulator.InterveneAsync(job!, "pause"); // it keeps the place for as long as the test needs
        RunView idle = await StartAsync(scene, server, "idle", priority: -5);
        RunView urgent = await StartAsync(scene, server, "urgent", priority: 5);
        await Eventually.TrueAsync(
            async () => await DetailAsync(server, idle) is { } behind && behind.StartsWith("Number 2 in line", StringComparison.Ordinal)
                && await DetailAsync(server, urgent) is { } ahead && ahead.StartsWith("Number 1 in line", StringComparison.Ordinal),
            "the urgent run stands before the other one");
        await scene.Emulator.InterveneAsync(job!, "resume");

        foreach (RunView run in new[] { first, idle, urgent })
        {
            Assert.Equal(RunStatus.Succeeded, (await server.EndOfAsync(run.RunId)).Status);
        }

        string[] newestFirst = [.. (await scene.Emulator.JobsAsync()).Select(job => job.GetProperty("metadata").GetProperty("ft_key").GetString()!)];
        string?[] keys = await Task.WhenAll(new[] { idle, urgent, first }.Select(async run => (await server.GetRunAsync(run.RunId)).Key));
        Assert.Equal(keys, newestFirst);
    }

    private static async Task<string?> FirstJobAsync(Scene scene)
        => (await scene.Emulator.JobsAsync()).Select(job => job.GetProperty("id").GetString()).SingleOrDefault();

    private static async Task<string?> DetailAsync(Server server, RunView run) => (await server.GetRunAsync(run.RunId)).Progress?.Detail;

    private static async Task<RunView> StartAsync(Scene scene, Server server, string name, int priority)
    {
        // The settings first: the watcher starts the run as soon as it sees the dataset.
        scene.Drop($"{name}.finetune.json", $$"""{"priority":{{priority}}}""");
        scene.Drop($"{name}.jsonl", ChatDataset.On($"{name} lamp"));
        RunView? run = null;
        await Eventually.TrueAsync(
            async () => (run = (await server.GetAsync("api/runs", FineTuneJson.Default.RunViewArray))
                .FirstOrDefault(one => one.Dataset == $"{name}.jsonl")) is not null,
            $"the run of {name} is started");
        Assert.Equal(priority, run!.Priority);
        return run;
    }
}
