using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.EndToEnd.Tests;

/// <summary>A run above the price limit waits for a person, who may sit at another terminal.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task Approve_LetsTheRunGoOn_WhenItWaits()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunningProgram waiting = await StartWaitingAsync(scene);

        (await scene.FineTuneAsync("approve")).ExitsWith(0);

        await Books.AgreeOnSuccessAsync(scene, (await waiting.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0).Run);
    }

    [Fact]
    public async Task Reject_EndsTheRunBeforeAnyUpload_WhenItWaits()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunningProgram waiting = await StartWaitingAsync(scene);

        (await scene.FineTuneAsync("reject")).ExitsWith(0);

        RunView run = (await waiting.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(5).Run;
        Assert.Equal(RunStatus.Rejected, run.Status);
        Assert.Empty(scene.Emulator.ReadLedger().Log);
    }

    [Fact]
    public async Task Approve_IsHeardAtTheNextStart_WhenNobodyWorksOnTheRun()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunningProgram waiting = await StartWaitingAsync(scene);
        await waiting.KillAsync();

        (await scene.FineTuneAsync("approve")).ExitsWith(0);

        await Books.AgreeOnSuccessAsync(scene, (await scene.FineTuneAsync(Command(scene))).ExitsWith(0).Run);
    }

    [Fact]
    public async Task Approve_SaysHowTheRunStands_WhenItDoesNotWait()
    {
        await using Scene scene = await Scene.OpenAsync();
        (await scene.FineTuneAsync(Command(scene))).ExitsWith(0);

        ProgramResult refused = (await scene.FineTuneAsync("approve")).ExitsWith(2);

        Assert.Contains("does not wait for approval: it is Succeeded", refused.Error, StringComparison.Ordinal);
    }

    private static string[] Command(Scene scene) => ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];

    private static async Task<RunningProgram> StartWaitingAsync(Scene scene)
    {
        scene.Settings["FineTune__ApproveAbove"] = "0";
        RunningProgram program = scene.Start(Command(scene));
        await Eventually.TrueAsync(async () => await StepAsync(scene) is FineTuneStep.AwaitingApproval, "the run waits for approval");
        return program;
    }

    private static async Task<FineTuneStep?> StepAsync(Scene scene)
    {
        ProgramResult status = await scene.FineTuneAsync("status", "--json");
        return status.ExitCode == 0 ? status.Read(FineTuneJson.Default.RunView).Progress?.Step : null;
    }
}
