using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

public sealed class RetryTests
{
    private static readonly RetryRule Thrice = new(Attempts: 3, TimeSpan.FromSeconds(10), Backoff: 2, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task CallActivity_WaitsLongerEachTime_WhenItFailsForPassingReason()
    {
        await using var engine = await StartAsync((_, input, attempt, _) => attempt < 3 ? throw new IOException("away") : Task.FromResult(input));

        await engine.LaunchAsync();
        await engine.IdleAsync();
        Assert.Single(engine.Script.Calls);

        await AdvanceAsync(engine, seconds: 9);
        Assert.Single(engine.Script.Calls);
        await AdvanceAsync(engine, seconds: 1);
        Assert.Equal(2, engine.Script.Calls.Count);
        await AdvanceAsync(engine, seconds: 19);
        Assert.Equal(2, engine.Script.Calls.Count);
        await AdvanceAsync(engine, seconds: 1);

        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
    }

    [Fact]
    public async Task CallActivity_TellsTypeAndWords_WhenAttemptsAreUsedUp()
    {
        await using var engine = await StartAsync((_, _, _, _) => throw new IOException("away"));

        await engine.LaunchAsync();
        var state = await engine.RunOutAsync();

        Assert.Equal(3, engine.Script.Calls.Count);
        Assert.Equal("ActivityFailedException: Fetch failed: away", state.Failure);
    }

    [Fact]
    public async Task CallActivity_IsNotRepeated_WhenFailureIsPermanent()
    {
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            try
            {
                return await context.CallAsync(nameof(Fetch), input, Thrice);
            }
            catch (ActivityFailedException e)
            {
                return new Word($"{e.Name}/{e.ErrorType}/{e.Reason}");
            }
        }).StartAsync();
        engine.Script.Behaviour = (_, _, _, _) => throw new HopelessException("never");

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Single(engine.Script.Calls);
        Assert.Equal("Fetch/HopelessException/never", engine.Output());
    }

    [Fact]
    public async Task CallActivity_KeepsCountAndDelay_WhenRestartedInBetween()
    {
        await using var engine = await StartAsync((_, _, _, _) => throw new IOException("away"));
        await engine.LaunchAsync();
        await engine.IdleAsync();
        await AdvanceAsync(engine, seconds: 10);

        await engine.RestartAsync();
        await AdvanceAsync(engine, seconds: 19);
        Assert.Equal(2, engine.Script.Calls.Count);

        await engine.RestartAsync();
        await AdvanceAsync(engine, seconds: 1);
        Assert.Equal(3, engine.Script.Calls.Count);
        Assert.Equal(WorkflowStatus.Failed, engine.State().Status);
    }

    [Fact]
    public async Task CallActivity_CountsNoAttempt_WhenStopInterruptsIt()
    {
        var started = new TaskCompletionSource();
        await using var engine = await StartAsync(async (_, input, attempt, ct) =>
        {
            started.TrySetResult();
            await Task.Delay(attempt == 1 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct);
            return input;
        });
        await engine.LaunchAsync();
        await started.Task;

        await engine.StopAsync();

        Assert.Equal(0, Assert.Single(engine.Journal.ReadSteps(TestEngine.Id)).FailedAttempts);
        await engine.StartAsync();
        await engine.IdleAsync();
        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
    }

    [Fact]
    public async Task Stop_KeepsResult_WhenActivityEndsDuringIt()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var engine = await StartAsync(async (_, input, _, ct) =>
        {
            using var registration = ct.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
            return input;
        });
        await engine.LaunchAsync();
        await started.Task;

        await engine.StopAsync();
        await engine.StartAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
        Assert.Single(engine.Script.Calls);
    }

    [Fact]
    public async Task Stop_TakesTenSecondsAtMost_WhenActivityHeedsNoCancellation()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var engine = await StartAsync(async (_, input, _, _) =>
        {
            started.TrySetResult();
            await release.Task;
            return input;
        });
        await engine.LaunchAsync();
        await started.Task;

        var stop = engine.StopAsync();
        engine.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(stop.IsCompleted);
        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await stop.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        release.SetResult();
        await engine.StartAsync();
        await engine.IdleAsync();
        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
    }

    private static async Task<TestEngine> StartAsync(Func<string, string, int, CancellationToken, Task<string>> behaviour)
    {
        var engine = new TestEngine().With("Main", (context, input) => context.CallAsync(nameof(Fetch), input, Thrice));
        engine.Script.Behaviour = behaviour;
        return await engine.StartAsync();
    }

    private static async Task AdvanceAsync(TestEngine engine, int seconds)
    {
        await engine.IdleAsync();
        engine.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await engine.IdleAsync();
    }
}
