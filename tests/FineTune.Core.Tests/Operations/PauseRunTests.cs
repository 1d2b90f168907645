using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Operations;

/// <summary>Holding a run and letting it go on: the row says by whom, the waits are woken.</summary>
public sealed class PauseRunTests : OperationTest
{
    private static readonly string[] Waits = ["-approval", "-create", "-job"];

    [Fact]
    public async Task PauseRun_SaysInTheRowByWhomAndSinceWhen_AndWakesTheWaits()
    {
        string run = await HaveRunAsync();

        RunView view = await PauseAsync(run, "ann");

        Pause expected = new("ann", Clock.GetUtcNow());
        Assert.Equal((expected, expected), (view.Paused, (await RowAsync(run)).Paused));
        Assert.Equal(Waits.Select(wait => (run + wait, "signal", (object)new RunSignal(RunSignalKind.Pause, "ann"))), Workflows.Raised);
    }

    [Fact]
    public async Task PauseRun_KeepsTheFirstPause_WhenAskedTwice()
    {
        string run = await HaveRunAsync();
        await PauseAsync(run, "ann");
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("ann", (await PauseAsync(run, "bob")).Paused!.By);
    }

    [Fact]
    public async Task PauseRun_ChangesNothing_WhenTheRunIsOver()
    {
        string run = await HaveRunAsync(row => row with { Status = RunStatus.Succeeded });

        Assert.Null((await PauseAsync(run, "ann")).Paused);
        Assert.Empty(Workflows.Raised);
    }

    [Fact]
    public async Task ResumeRun_LetsTheRunGoOn_WithTheTimeItHadLeftToBeApproved()
    {
        DateTimeOffset asked = Clock.GetUtcNow();
        ApprovalRequest request = new("up to $3.20", asked, asked.AddDays(1), asked.AddDays(7));
        string run = await HaveRunAsync(row => row with { ApprovalRequest = request });
        await PauseAsync(run, "ann");
        Clock.Advance(TimeSpan.FromDays(30));
        Workflows.Raised.Clear();

        RunView view = await ResumeAsync(run, "bob");

        Assert.Null(view.Paused);
        Assert.Equal(request with { RemindAt = asked.AddDays(31), Deadline = asked.AddDays(37) }, (await RowAsync(run)).ApprovalRequest);
        Assert.Equal(Waits.Select(wait => (run + wait, "signal", (object)new RunSignal(RunSignalKind.Resume, "bob"))), Workflows.Raised);
    }

    [Fact]
    public async Task Operations_SayThatThereIsNoSuchRun()
    {
        await Assert.ThrowsAsync<RunNotFoundException>(() => PauseAsync("nobody", "ann"));
        await Assert.ThrowsAsync<RunNotFoundException>(() => ResumeAsync("nobody", "ann"));
    }

    private Task<RunView> PauseAsync(string run, string by) => new PauseRun(Ledger, Workflows, Clock).RunAsync(run, by, Token);

    private Task<RunView> ResumeAsync(string run, string by) => new ResumeRun(Ledger, Workflows, Clock).RunAsync(run, by, Token);
}
