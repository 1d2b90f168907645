using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Sweeping;

/// <summary>What should be running runs, and what nobody would ever end comes to an end.</summary>
public sealed class StartMissedDatasetsTests : SweepTest
{
    [Fact]
    public async Task RunAsync_StartsADatasetOnce_WhenItHasLainThereForLong()
    {
        DatasetVersion dataset = Store.Drop("lamps.jsonl", Chat(), Clock.GetUtcNow());

        Assert.Empty(await StartMissedAsync());
        Clock.Advance(Options.StartMissedAfter);

        Assert.Equal([FineTune.RunId.For(dataset)], await StartMissedAsync());
        Stand(FineTune.RunId.For(dataset), WorkflowStatus.Running);
        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task RunAsync_LeavesADatasetAlone_ThatAPersonStartedUnderAnotherId()
    {
        Store.Drop("support.jsonl", Chat(), Clock.GetUtcNow());
        await AddRunAsync(row => row with { Status = RunStatus.Rejected }, "my-own-id");
        Clock.Advance(Options.StartMissedAfter);

        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task RunAsync_LeavesADatasetAlone_WhoseRunMayHaveBeenForgotten()
    {
        Options.Retention = TimeSpan.FromDays(30);
        Store.Drop("lamps.jsonl", Chat(), Clock.GetUtcNow());
        Clock.Advance(TimeSpan.FromDays(31));

        Assert.Empty(await StartMissedAsync());
    }

    [Fact]
    public async Task RunAsync_StartsTheWorkflowAgain_WhenARunHasLostIt()
    {
        await AddRunAsync();

        Assert.Empty(await StartMissedAsync()); // whoever adds a row starts its workflow a moment later
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        Assert.Equal([RunId], await StartMissedAsync());
        Assert.Null(InputOf(RunId).JobId);
    }

    [Theory]
    [InlineData(WorkflowStatus.Completed, RunStatus.NeedsAttention)]
    [InlineData(WorkflowStatus.Failed, RunStatus.NeedsAttention)]
    [InlineData(WorkflowStatus.Parked, RunStatus.Running)]
    [InlineData(WorkflowStatus.Running, RunStatus.Running)]
    public async Task RunAsync_ClosesARun_WhoseWorkflowIsOverWithoutAWord(WorkflowStatus workflow, RunStatus expected)
    {
        await AddRunAsync();
        Stand(RunId, workflow);
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        Assert.Empty(await StartMissedAsync());

        Assert.Equal(expected, Row.Status);
    }

    [Theory]
    [InlineData("the build before", 1)]
    [InlineData("this build", 0)] // it would only disagree again
    [InlineData(null, 0)] // the engine asks by itself whenever it starts
    public async Task RunAsync_WakesEachWorkflowOfARun_ThatAnotherBuildParked(string? by, int expected)
    {
        await AddRunAsync();
        Stand(RunId, WorkflowStatus.Running);
        string follower = FollowJobWorkflow.IdFor(RunId);
        FineTuneProgress parked = new(FineTuneStep.Training, "Parked") { Parked = "Other steps.", ParkedBy = by is "this build" ? WorkflowBuild.Id : by };
        Workflows.States[follower] = new WorkflowState(follower, WorkflowStatus.Parked, parked, parked.Parked);
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        await StartMissedAsync();

        Assert.Equal(expected, Workflows.Raised.Count);
        Assert.All(Workflows.Raised, raised => Assert.Equal((follower, RunSignal.EventName), (raised.InstanceId, raised.Name)));
    }

    [Theory]
    [InlineData(null, "Its workflow broke off (out of memory). Start the dataset again.")]
    [InlineData("ftjob-gone", "Its workflow broke off (out of memory). Nor does the provider list its job ftjob-gone: look for it there.")]
    public async Task RunAsync_SaysWhyItClosedARun_AndWhereToLook(string? job, string expected)
    {
        await AddRunAsync(row => row with { JobId = job });
        Workflows.States[RunId] = new WorkflowState(RunId, WorkflowStatus.Failed, Progress: null, "out of memory");
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));

        await StartMissedAsync();

        Assert.Equal((RunStatus.NeedsAttention, expected), (Row.Status, Row.Detail));
    }

    [Fact]
    public async Task RunAsync_LeavesARunAsItEnded_WhenThatWasJustNow()
    {
        await AddRunAsync();
        Clock.Advance(Options.StartMissedAfter + TimeSpan.FromSeconds(1));
        Workflows.BeforeLook = () =>
        {
            Ledger.ChangeRunningAsync(RunId, row => row with { Status = RunStatus.Succeeded, Detail = "Ready." }, Token).GetAwaiter().GetResult();
            Stand(RunId, WorkflowStatus.Completed);
        };

        await StartMissedAsync();

        Assert.Equal((RunStatus.Succeeded, "Ready."), (Row.Status, Row.Detail));
    }

    [Fact]
    public async Task RunAsync_GoesOn_WhenADatasetCannotBeStarted()
    {
        Store.Drop("bad.jsonl", Chat(), Clock.GetUtcNow());
        Store.PutBeside("bad.jsonl", DatasetNames.SpecSuffix, "{");
        DatasetVersion good = Store.Drop("good.jsonl", Chat(), Clock.GetUtcNow());
        Clock.Advance(Options.StartMissedAfter);

        Assert.Equal([FineTune.RunId.For(good)], await StartMissedAsync());
    }
}
