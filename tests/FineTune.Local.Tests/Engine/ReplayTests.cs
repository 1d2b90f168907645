using System.Collections.Concurrent;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Local.Tests.Engine;

public sealed partial class ReplayTests
{
    public static TheoryData<string, string> ChangedWorkflows { get; } = new()
    {
        { nameof(OtherActivity), "Step 0 was the activity Fetch when it was journaled; today's code asks for the activity Refine." },
        { nameof(OtherKind), "Step 0 was the activity Fetch when it was journaled; today's code asks for a timer." },
        { nameof(OtherOrder), "Step 1 was a timer when it was journaled; today's code asks for the activity Store." },
        { nameof(StepsLeftOut), "Step 1 was a timer when it was journaled; today's code does not ask for it." },
        { nameof(NothingAsked), "Step 0 was the activity Fetch when it was journaled; today's code does not ask for it." },
        { nameof(OtherShape), "The result of Fetch cannot be read as Int32" },
    };

    [Theory]
    [MemberData(nameof(ChangedWorkflows))]
    public async Task Replay_ParksInstanceAndCallsNothing_WhenWorkflowWasChanged(string change, string reason)
    {
        await using var engine = await StartAndStopInTimerAsync();

        await engine.With("Main", Changed(change)).StartAsync();
        engine.Clock.Advance(TimeSpan.FromHours(2));
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Parked, engine.State().Status);
        Assert.StartsWith(reason, engine.State().Failure, StringComparison.Ordinal);
        Assert.Single(engine.Script.Calls);
    }

    [Fact]
    public async Task Replay_ParksInstance_WhenCodeAsksLaterThanItDid()
    {
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            await Task.WhenAll(context.CreateTimer(TimeSpan.FromHours(1)), context.CallAsync(nameof(Fetch), input));
            return input;
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();
        await engine.StopAsync();

        await engine.With("Main", async (context, input) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1));
            return await context.CallAsync(nameof(Fetch), input);
        }).StartAsync();
        await engine.IdleAsync();

        Assert.Equal(
            "The journal has an outcome for step 1, the activity Fetch, before today's code asks for it.", engine.State().Failure);
    }

    [Fact]
    public async Task Replay_GoesOn_WhenParkedInstanceFitsAgain()
    {
        await using var engine = await StartAndStopInTimerAsync();
        await engine.With("Main", OtherActivity).StartAsync();
        await engine.IdleAsync();
        await engine.StopAsync();

        await engine.With("Main", FetchSleepStore).StartAsync();
        await engine.RunOutAsync();

        Assert.Equal("Store(Fetch(a))", engine.Output());
        Assert.Null(engine.State().Failure);
    }

    [Fact]
    public async Task Replay_ParksInstance_WhenItsWorkflowIsGone()
    {
        await using var engine = await StartAndStopInTimerAsync();

        await engine.Without("Main").StartAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Parked, engine.State().Status);
        Assert.Contains("There is no workflow 'Main'", engine.State().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ShowsSameClockAndLogsNothingTwice()
    {
        var clocks = new ConcurrentQueue<DateTime>();
        using var log = new RecordingLoggerFactory();
        await using var engine = await new TestEngine { Loggers = log }.With("Main", async (context, input) =>
        {
            clocks.Enqueue(context.CurrentUtcDateTime);
            Log.Reached(context.Logger, "start");
            await context.CallAsync(nameof(Fetch), input);
            clocks.Enqueue(context.CurrentUtcDateTime);
            Log.Reached(context.Logger, "fetched");
            await context.CreateTimer(TimeSpan.FromHours(1));
            Log.Reached(context.Logger, "woken");
            return input;
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        engine.Clock.Advance(TimeSpan.FromMinutes(7));
        await engine.RestartAsync();
        await engine.RunOutAsync();

        Assert.Equal(clocks.Take(2), clocks.Skip(2));
        Assert.Equal(["start", "fetched", "woken"], log.Lines("FineTune.Workflows.Main"));
    }

    [Fact]
    public async Task Run_LogsNoPayload_WhenSomethingIsLogged()
    {
        using var log = new RecordingLoggerFactory();
        await using var engine = await new TestEngine { Loggers = log }.With("Main", Workflows.ThreeStepsAsync).StartAsync();
        engine.Script.Behaviour = (activity, input, attempt, _) => attempt == 1 ? throw new IOException("away") : Task.FromResult(input);

        await engine.LaunchAsync(input: "CANARY");
        await engine.RunOutAsync();

        Assert.NotEmpty(log.Lines());
        Assert.DoesNotContain(log.Lines(), line => line.Contains("CANARY", StringComparison.Ordinal));
    }

    private static async Task<TestEngine> StartAndStopInTimerAsync()
    {
        var engine = await new TestEngine().With("Main", FetchSleepStore).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();
        await engine.StopAsync();
        return engine;
    }

    private static async Task<Word> FetchSleepStore(IWorkflowContext context, Word input)
    {
        var fetched = await context.CallAsync(nameof(Fetch), input);
        await context.CreateTimer(TimeSpan.FromHours(1));
        return await context.CallAsync(nameof(Store), fetched);
    }

    private static Func<IWorkflowContext, Word, Task<Word>> Changed(string change) => change switch
    {
        nameof(OtherActivity) => OtherActivity,
        nameof(OtherKind) => OtherKind,
        nameof(OtherOrder) => OtherOrder,
        nameof(StepsLeftOut) => StepsLeftOut,
        nameof(NothingAsked) => NothingAsked,
        _ => OtherShape,
    };

    private static async Task<Word> OtherActivity(IWorkflowContext context, Word input)
    {
        var refined = await context.CallAsync(nameof(Refine), input);
        return await context.CallAsync(nameof(Store), refined);
    }

    private static async Task<Word> OtherKind(IWorkflowContext context, Word input)
    {
        await context.CreateTimer(TimeSpan.FromHours(1));
        return await context.CallAsync(nameof(Fetch), input);
    }

    private static async Task<Word> OtherOrder(IWorkflowContext context, Word input)
    {
        var fetched = await context.CallAsync(nameof(Fetch), input);
        return await context.CallAsync(nameof(Store), fetched);
    }

    private static Task<Word> StepsLeftOut(IWorkflowContext context, Word input) => context.CallAsync(nameof(Fetch), input);

    private static async Task<Word> NothingAsked(IWorkflowContext context, Word input)
    {
        await Task.Yield();
        return input;
    }

    private static async Task<Word> OtherShape(IWorkflowContext context, Word input)
    {
        int fetched = await context.CallActivityAsync<int>(nameof(Fetch), input, Workflows.Twice);
        await context.CreateTimer(TimeSpan.FromHours(fetched));
        return input;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Place}")]
        public static partial void Reached(ILogger logger, string place);
    }
}
