using System.Collections.Concurrent;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

public sealed class WorkflowEngineTests
{
    [Fact]
    public async Task Run_CompletesWithOutput_WhenEveryActivitySucceeds()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
        Assert.Equal("Store(Refine(Fetch(a)))", engine.Output());
    }

    [Fact]
    public async Task Run_KeepsNothingInMemoryOrHistory_WhenCompleted()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Empty(engine.Journal.ReadSteps(TestEngine.Id));
        Assert.Empty(engine.Journal.ListUnfinished());
    }

    [Fact]
    public async Task Start_ReturnsFalse_WhenInstanceIsThereAlready()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();

        Assert.True(await engine.LaunchAsync());
        await engine.IdleAsync();
        Assert.False(await engine.LaunchAsync());

        await engine.IdleAsync();
        Assert.Equal(3, engine.Script.Calls.Count);
    }

    [Fact]
    public async Task Start_NamesWorkflow_WhenItIsUnknown()
    {
        await using var engine = await new TestEngine().StartAsync();

        var failure = await Assert.ThrowsAnyAsync<PermanentFailureException>(() => engine.LaunchAsync("Nowhere"));

        Assert.Contains("'Nowhere'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindState_IsNull_WhenThereIsNoSuchInstance()
    {
        await using var engine = await new TestEngine().StartAsync();

        Assert.Null(await engine.Client.FindStateAsync("nobody", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_RunsActivitiesSideBySide_WhenAwaitedTogether()
    {
        var allStarted = new TaskCompletionSource();
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            var words = await Task.WhenAll("123".Select(n => context.CallAsync(nameof(Fetch), new Word($"{n}"))).ToArray());
            return new Word(string.Join(',', words.Select(word => word.Text)));
        }).StartAsync();
        engine.Script.Behaviour = async (_, input, _, _) =>
        {
            if (engine.Script.Calls.Count == 3)
            {
                allStarted.TrySetResult();
            }

            await allStarted.Task;
            return input;
        };

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal("1,2,3", engine.Output());
    }

    [Fact]
    public async Task Run_NeverRunsMoreActivitiesThanAllowed_WhenManyAreAsked()
    {
        int running = 0;
        var seen = new ConcurrentBag<int>();
        await using var engine = await new TestEngine { MaxActivities = 2 }.With("Main", async (context, input) =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => context.CallAsync(nameof(Fetch), new Word($"{n}"))).ToArray());
            return input;
        }).StartAsync();
        engine.Script.Behaviour = async (_, input, _, _) =>
        {
            seen.Add(Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return input;
        };

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal(20, engine.Script.Calls.Count);
        Assert.InRange(seen.Max(), 1, 2);
    }

    [Fact]
    public async Task Run_Fails_WhenWorkflowThrows()
    {
        await using var engine = await new TestEngine()
            .With("Main", (_, _) => throw new InvalidOperationException("no such luck")).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Failed, engine.State().Status);
        Assert.Equal("InvalidOperationException: no such luck", engine.State().Failure);
    }

    [Fact]
    public async Task Run_FailsNamingActivity_WhenItIsUnknown()
    {
        await using var engine = await new TestEngine().With("Main", (context, input) => context.CallAsync("Nothing", input)).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Failed, engine.State().Status);
        Assert.Contains("There is no activity 'Nothing'", engine.State().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetCustomStatus_IsSeenFromOutside_WhileWorkflowWaits()
    {
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Training, "Half way.", Percent: 50));
            await context.CreateTimer(TimeSpan.FromHours(1));
            return input;
        }).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        var state = await engine.Client.FindStateAsync(TestEngine.Id, TestContext.Current.CancellationToken);
        Assert.Equal(new FineTuneProgress(FineTuneStep.Training, "Half way.", Percent: 50), state!.Progress);
        Assert.Equal(WorkflowStatus.Running, state.Status);
    }

    [Fact]
    public async Task Run_IsParked_WhenWorkflowAwaitsSomethingOfItsOwn()
    {
        var foreign = new TaskCompletionSource<Word>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await new TestEngine().With("Main", async (_, _) => await foreign.Task).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        foreign.SetResult(new Word("b"));

        await TestEngine.UntilAsync(() => engine.State().Status == WorkflowStatus.Parked);
        Assert.Contains("not its context's", engine.State().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FinishesAll_WhenThousandRunAtOnce()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => engine.LaunchAsync(id: $"i-{n}", input: $"{n}")));
        await engine.IdleAsync();

        var ended = engine.Journal.List();
        Assert.Equal(1000, ended.Count);
        Assert.All(ended, row => Assert.Equal(WorkflowStatus.Completed, row.Status));
        Assert.Equal(3000, engine.Script.Calls.Distinct().Count());
    }
}
