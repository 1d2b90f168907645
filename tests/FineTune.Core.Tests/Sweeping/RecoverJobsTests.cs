using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Sweeping;

/// <summary>Every job of ours gets a run that sees it to its end; nobody else's does, and none twice.</summary>
public sealed class RecoverJobsTests : SweepTest
{
    [Fact]
    public async Task RunAsync_WritesRowAndClaimAgain_AndFollowsTheJob()
    {
        string job = await HaveOurJobAsync();

        Assert.Equal([RunId], await RecoverAsync());

        Assert.Equal(
            (RunStatus.Running, "support.jsonl", Key, Sha, 12L, job, Clock.GetUtcNow()),
            (Row.Status, Row.Dataset.Name, Row.Key, Row.Sha256, Row.Examples, Row.JobId, Row.RecoveredAt));
        SpendingClaim claim = (await Ledger.FindClaimAsync(Key, Token))!;
        Assert.Equal((RunId, job, null), (claim.RunId, claim.JobId, claim.OpenIntentAt));
        Assert.Equal((nameof(FineTuneWorkflow), job), (Workflows.Started[RunId].Workflow, InputOf(RunId).JobId));
    }

    [Fact]
    public async Task RunAsync_DoesNothing_WhenARunIsOnItsWayToTheEnd()
    {
        await HaveOurJobAsync();
        await RecoverAsync();
        Stand(RunId, WorkflowStatus.Running);

        Assert.Empty(await RecoverAsync());
    }

    [Theory]
    [InlineData(RunStatus.Succeeded, false)]
    [InlineData(RunStatus.Failed, false)]
    [InlineData(RunStatus.Cancelled, false)]
    [InlineData(RunStatus.TimedOut, true)]
    [InlineData(RunStatus.NeedsAttention, true)]
    public async Task RunAsync_TakesUpOnlyWhatAnEndedRunGaveUp(RunStatus status, bool expected)
    {
        await HaveOurJobAsync();
        await RecoverAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { Status = status }, Token);
        Stand(RunId, WorkflowStatus.Completed);

        IReadOnlyList<string> recovered = await RecoverAsync();

        Assert.Equal(expected, recovered is [{ } successor] && successor != RunId);
        Assert.Equal(status, Row.Status);
    }

    [Fact]
    public async Task RunAsync_TakesTheJobUp_WhenItsWorkflowBrokeOff()
    {
        await HaveOurJobAsync();
        await RecoverAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { CancelRequested = true }, Token);
        Stand(RunId, WorkflowStatus.Failed);

        string successor = Assert.Single(await RecoverAsync());

        Assert.Equal((RunStatus.NeedsAttention, $"Its workflow broke off. Run {successor} goes on with its job."), (Row.Status, Row.Detail));
        Assert.True((await Ledger.FindRunAsync(successor, Token))!.CancelRequested);
        Assert.Equal(successor, (await Ledger.FindClaimAsync(Key, Token))!.RunId);
    }

    [Fact]
    public async Task RunAsync_LeavesARunAlone_ThatEndsWhileItIsLookedAt()
    {
        await HaveOurJobAsync();
        await RecoverAsync();
        Workflows.BeforeLook = () =>
        {
            Ledger.ChangeRunningAsync(RunId, row => row with { Status = RunStatus.Succeeded }, Token).GetAwaiter().GetResult();
            Stand(RunId, WorkflowStatus.Completed);
        };

        Assert.Empty(await RecoverAsync());
        Assert.Single(await Ledger.ListRunsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task RunAsync_FinishesWhatAnEarlierSweepBegan_WhenThatDiedAfterTheRow()
    {
        string job = await HaveOurJobAsync();
        await AddRunAsync(row => row with { JobId = job });

        Assert.Equal([RunId], await RecoverAsync());

        Assert.Equal(job, InputOf(RunId).JobId);
        Assert.NotNull(await Ledger.FindClaimAsync(Key, Token));
    }

    [Fact]
    public async Task RunAsync_WritesAnotherRow_WhenTheOldIdIsSomebodyElsesByNow()
    {
        await HaveOurJobAsync();
        await AddRunAsync(row => row with { Key = "another key" });
        Stand(RunId, WorkflowStatus.Running);

        string recovered = Assert.Single(await RecoverAsync());

        Assert.NotEqual(RunId, recovered);
        Assert.Equal(Key, (await Ledger.FindRunAsync(recovered, Token))!.Key);
    }

    [Fact]
    public async Task RunAsync_RecoversWithLess_WhenTheJobTellsOnlyItsKey()
    {
        string job = await HaveJobAsync(await HaveFileAsync(), new { ft_key = Key });

        string recovered = Assert.Single(await RecoverAsync());

        RunRow row = (await Ledger.FindRunAsync(recovered, Token))!;
        Assert.Equal((job, $"{Key[..12]}.jsonl", Spec.Model), (row.JobId, row.Dataset.Name, row.Spec.Model));
    }

    [Fact]
    public async Task RunAsync_LeavesJobsAlone_ThatAreNotOurs()
    {
        string file = await HaveFileAsync("theirs.jsonl");
        await HaveJobAsync(file);
        await HaveJobAsync(file, new { ft_key = "not a key of ours" });
        await HaveJobAsync(file, new { project = "theirs" });
        await HaveOurJobAsync(origin => origin with { Sha256 = "another dataset" }); // a story that does not make this key
        await HaveOurJobAsync(installation: "production");

        Assert.Empty(await RecoverAsync());
        Assert.Empty(Workflows.Started);
    }

    [Fact]
    public async Task RunAsync_TakesTheOneThatHasTheModel_WhenThereAreTwoOfAKey()
    {
        string done = await HaveOurJobAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await HaveOurJobAsync();

        await RecoverAsync();

        Assert.Equal(done, Row.JobId);
    }

    [Fact]
    public async Task RunAsync_TakesTheOneThatTellsItsStory_WhenAnotherHasOnlyOurKey()
    {
        string file = await HaveFileAsync();
        await HaveJobAsync(file, new { ft_key = Key });
        Clock.Advance(TimeSpan.FromHours(1)); // that one has succeeded by now
        string ours = await HaveOurJobAsync();

        await RecoverAsync();

        Assert.Equal(ours, Row.JobId);
    }

    [Fact]
    public async Task RunAsync_BringsNothingBack_ThatWasForgottenForItsAge()
    {
        Options.Retention = TimeSpan.FromDays(30);
        await HaveOurJobAsync();
        Clock.Advance(TimeSpan.FromDays(31));

        Assert.Empty(await RecoverAsync());
    }

    [Fact]
    public async Task RunAsync_CountsTheJobsItFound_AmongThoseThatMayBeUnfinished()
    {
        Settings.MaxJobs = 1;
        await HaveOurJobAsync();
        RunRow waiting = await AddRunAsync(row => row with { Key = "another key" }, "run-2");

        await RecoverAsync();

        Assert.Equal("Number 1 in line for the provider's jobs; 1 of 1 places are taken, the next one is free when a job ends",
            (await Line.TakePlaceAsync(waiting, Token))!.Detail);
        await Line.LeaveAsync(Row, hasJob: true, Token);
        Assert.Null(await Line.TakePlaceAsync(waiting, Token));
    }

    [Fact]
    public async Task RunAsync_CountsAJobOnce_WhenItsRunHasAPlaceOrHandsItOn()
    {
        Settings.MaxJobs = 2;
        await HaveOurJobAsync();
        await RecoverAsync();
        Stand(RunId, WorkflowStatus.Failed);

        string successor = Assert.Single(await RecoverAsync());

        Assert.Equal([$"place-{successor}"], await Ledger.ListSharedAsync("line", "place-", Token).Select(row => row.Name).ToListAsync(Token));
        Assert.Null(await Line.TakePlaceAsync(await AddRunAsync(runId: "run-2"), Token));
        Assert.NotNull(await Line.TakePlaceAsync(await AddRunAsync(runId: "run-3"), Token));
    }

    [Fact]
    public async Task RunAsync_HandsAJobOnWhole_WhenTheSweepBeforeDiedAtTheClaim()
    {
        Settings.MaxJobs = 2;
        await HaveOurJobAsync(origin => origin with { PriceHigh = 3.20m });
        await RecoverAsync();
        Stand(RunId, WorkflowStatus.Failed);
        Ledger.BeforeClaimWrite = _ => throw new LedgerConflictException("The claim");
        Assert.Empty(await RecoverAsync());
        Ledger.BeforeClaimWrite = null;

        string successor = Assert.Single(await RecoverAsync());

        Assert.Equal((RunStatus.NeedsAttention, successor), (Row.Status, (await Ledger.FindClaimAsync(Key, Token))!.RunId));
        Assert.Equal([$"place-{successor}"], await Ledger.ListSharedAsync("line", "place-", Token).Select(row => row.Name).ToListAsync(Token));
        Assert.Equal(3.20m, await new MonthBudget(Ledger).CommittedAsync(Row.BudgetMonth!, Token));
    }

    [Fact]
    public async Task RunAsync_TakesNoPlace_ForAJobThatIsOver()
    {
        Settings.MaxJobs = 1;
        await HaveOurJobAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await RecoverAsync();

        Assert.Empty(await Ledger.ListSharedAsync("line", "", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task RunAsync_CountsAJobOnceInTheMonth_WhenAnotherRunTakesItUp()
    {
        await HaveOurJobAsync(origin => origin with { PriceHigh = 3.20m });
        await RecoverAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { Status = RunStatus.TimedOut }, Token);
        Stand(RunId, WorkflowStatus.Completed);

        await RecoverAsync();

        Assert.Equal(3.20m, await new MonthBudget(Ledger).CommittedAsync(Row.BudgetMonth!, Token));
    }

    [Fact]
    public async Task RunAsync_TakesUpAJobWithoutAModel_OnlyOnceItNamesOne()
    {
        await HaveOurJobAsync();
        await RecoverAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { Status = RunStatus.NeedsAttention }, Token);
        Stand(RunId, WorkflowStatus.Completed);
        Clock.Advance(TimeSpan.FromHours(1));
        Script(FaultKind.ModelNullAfterSuccess, "GET", "/v1/fine_tuning/jobs");

        Assert.Empty(await RecoverAsync());
        Emulator.ClearFaults();

        Assert.Single(await RecoverAsync());
    }

    [Fact]
    public async Task RunAsync_LeavesTheJobForTheNextSweep_WhenSomebodyWritesTheClaimMeanwhile()
    {
        await HaveOurJobAsync();
        Ledger.BeforeClaimWrite = _ => throw new LedgerConflictException("The claim");

        Assert.Empty(await RecoverAsync());
        Assert.Empty(Workflows.Started);

        Ledger.BeforeClaimWrite = null;
        Assert.Equal([RunId], await RecoverAsync());
    }
}
