using FineTune.Emulator;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.EndToEnd.Tests;

/// <summary>A person holds a run, and lets it go on.</summary>
public sealed class PauseTests
{
    /// <summary>A job takes minutes, so that a person can be in time; the test moves the clock on when it wants an end.</summary>
    private static readonly EmulatorOptions SlowProvider = new() { Speed = 1, FileProcessing = TimeSpan.Zero };

    [Fact]
    public async Task Pause_HoldsTheJobAtTheProvider_UntilResume()
    {
        await using Scene scene = await Scene.OpenAsync(SlowProvider);
        using Server server = await Server.StartAsync(scene);
        RunView run = await StartTrainingAsync(scene, server);

        await PostAsync(server, run, "pause?by=ann");
        await Eventually.TrueAsync(async () => await JobStatusAsync(scene) == "paused", "the provider holds the job");
        RunView held = await server.GetRunAsync(run.RunId);
        Assert.Equal(("ann", RunStatus.Running), (held.Paused!.By, held.Status));
        await PostAsync(server, run, "resume");
        await Eventually.TrueAsync(async () => await JobStatusAsync(scene) != "paused", "the provider goes on");
        scene.Emulator.Advance(TimeSpan.FromHours(1));

        RunView ended = await server.EndOfAsync(run.RunId);
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "its files are deleted");
        await Books.AgreeOnSuccessAsync(scene, ended);
        Assert.Equal(1, scene.Emulator.Requests("POST /v1/fine_tuning/jobs/{id}/pause"));
        Assert.Equal(1, scene.Emulator.Requests("POST /v1/fine_tuning/jobs/{id}/resume"));
    }

    [Fact]
    public async Task Cancel_EndsARunThatIsPaused()
    {
        await using Scene scene = await Scene.OpenAsync(SlowProvider);
        using Server server = await Server.StartAsync(scene);
        RunView run = await StartTrainingAsync(scene, server);
        await PostAsync(server, run, "pause");
        await Eventually.TrueAsync(async () => await JobStatusAsync(scene) == "paused", "the provider holds the job");

        await PostAsync(server, run, "cancel");

        Assert.Equal(RunStatus.Cancelled, (await server.EndOfAsync(run.RunId)).Status);
        Assert.Equal("cancelled", await JobStatusAsync(scene));
    }

    [Fact]
    public async Task Pause_OutlivesTheProgram_AndKeepsAnApprovedRunFromSpending()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__ApproveAbove"] = "0";
        string[] command = ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];
        RunningProgram killed = scene.Start(command);
        await Eventually.TrueAsync(async () => (await StatusAsync(scene))?.AwaitsApproval is true, "the run waits for approval");
        await killed.KillAsync();
        (await scene.FineTuneAsync("pause")).ExitsWith(0);
        (await scene.FineTuneAsync("approve")).ExitsWith(0);

        RunningProgram program = scene.Start(command);
        await Eventually.TrueAsync(
            async () => (await StatusAsync(scene))?.Progress?.Detail.StartsWith("Paused by", StringComparison.Ordinal) is true, "the run is held");
        Assert.Empty(scene.Emulator.ReadLedger().Log);
        (await scene.FineTuneAsync("resume")).ExitsWith(0);

        await Books.AgreeOnSuccessAsync(scene, (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0).Run);
    }

    private static async Task<RunView> StartTrainingAsync(Scene scene, Server server)
    {
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));
        RunView run = await server.StartRunAsync("lamps.jsonl");
        await Eventually.TrueAsync(
            async () => (await server.GetRunAsync(run.RunId)).Progress?.Step is FineTuneStep.Training, "the job trains");
        return run;
    }

    private static async Task PostAsync(Server server, RunView run, string what)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(
            new Uri($"api/runs/{run.RunId}/{what}", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<RunView?> StatusAsync(Scene scene)
    {
        ProgramResult status = await scene.FineTuneAsync("status", "--json");
        return status.ExitCode == 0 ? status.Read(FineTuneJson.Default.RunView) : null;
    }

    private static async Task<string?> JobStatusAsync(Scene scene)
        => (await scene.Emulator.JobsAsync()).Select(job => job.GetProperty("status").GetString()).SingleOrDefault();
}
