using FineTune.Emulator;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.EndToEnd.Tests;

/// <summary>A person holds a run from another terminal, and lets it go on.</summary>
public sealed class PauseTests
{
    [Fact]
    public async Task Pause_HoldsTheJobAtTheProvider_UntilResume()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions { Speed = 20 });
        RunningProgram program = scene.Start(Command(scene));
        await Eventually.TrueAsync(async () => (await StatusAsync(scene))?.Progress?.Step is FineTuneStep.Training, "the job trains");

        (await scene.FineTuneAsync("pause")).ExitsWith(0);
        await Eventually.TrueAsync(async () => await JobStatusAsync(scene) == "paused", "the provider holds the job");
        RunView held = (await StatusAsync(scene))!;
        Assert.Equal((Environment.UserName, RunStatus.Running), (held.Paused!.By, held.Status));
        (await scene.FineTuneAsync("resume")).ExitsWith(0);

        await Books.AgreeOnSuccessAsync(scene, (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0).Run);
        Assert.Equal(1, scene.Emulator.Requests("POST /v1/fine_tuning/jobs/{id}/pause"));
        Assert.Equal(1, scene.Emulator.Requests("POST /v1/fine_tuning/jobs/{id}/resume"));
    }

    [Fact]
    public async Task Pause_OutlivesTheProgram_AndKeepsAnApprovedRunFromSpending()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__ApproveAbove"] = "0";
        RunningProgram killed = scene.Start(Command(scene));
        await Eventually.TrueAsync(async () => (await StatusAsync(scene))?.AwaitsApproval is true, "the run waits for approval");
        await killed.KillAsync();
        (await scene.FineTuneAsync("pause")).ExitsWith(0);
        (await scene.FineTuneAsync("approve")).ExitsWith(0);

        RunningProgram program = scene.Start(Command(scene));
        await Eventually.TrueAsync(
            async () => (await StatusAsync(scene))?.Progress?.Detail.StartsWith("Paused by", StringComparison.Ordinal) is true, "the run is held");
        Assert.Empty(scene.Emulator.ReadLedger().Log);
        (await scene.FineTuneAsync("resume")).ExitsWith(0);

        await Books.AgreeOnSuccessAsync(scene, (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0).Run);
    }

    [Fact]
    public async Task Cancel_EndsAPausedRun()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions { Speed = 20 });
        RunningProgram program = scene.Start(Command(scene));
        await Eventually.TrueAsync(async () => (await StatusAsync(scene))?.Progress?.Step is FineTuneStep.Training, "the job trains");
        (await scene.FineTuneAsync("pause")).ExitsWith(0);

        (await scene.FineTuneAsync("cancel")).ExitsWith(0);

        RunView run = (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(5).Run;
        Assert.Equal(RunStatus.Cancelled, run.Status);
        await Books.AgreeAsync(scene, run);
    }

    private static string[] Command(Scene scene) => ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];

    private static async Task<RunView?> StatusAsync(Scene scene)
    {
        ProgramResult status = await scene.FineTuneAsync("status", "--json");
        return status.ExitCode == 0 ? status.Read(FineTuneJson.Default.RunView) : null;
    }

    private static async Task<string?> JobStatusAsync(Scene scene)
        => (await scene.Emulator.JobsAsync()).Select(job => job.GetProperty("status").GetString()).SingleOrDefault();
}
