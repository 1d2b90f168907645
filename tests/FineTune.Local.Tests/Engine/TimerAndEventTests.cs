using FineTune.Local.Engine.Journaling;
using FineTune.Ports;

namespace FineTune.Local.Tests.Engine;

public sealed class TimerAndEventTests
{
    [Fact]
    public async Task CreateTimer_FiresOnce_WhenItsTimeHasCome()
    {
        await using var engine = await new TestEngine().With("Main", async (context, _) =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromDays(2));
            return new Word($"{(context.CurrentUtcDateTime - before).TotalDays}");
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        engine.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        await engine.IdleAsync();
        Assert.Equal(WorkflowStatus.Running, engine.State().Status);

        engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.IdleAsync();
        Assert.Equal("2", engine.Output());
    }

    [Fact]
    public async Task CreateTimer_FiresAtOnce_WhenItBecameDueWhileEngineWasDown()
    {
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1));
            return input;
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();
        await engine.StopAsync();

        engine.Clock.Advance(TimeSpan.FromHours(2));
        await engine.StartAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Completed, engine.State().Status);
    }

    [Fact]
    public async Task WaitForExternalEvent_ReturnsPayload_WhenEventComesWhileWaiting()
    {
        await using var engine = await StartWaitingAsync();

        await engine.RaiseAsync("APPROVE", "yes");
        await engine.IdleAsync();

        Assert.Equal("yes", engine.Output());
    }

    [Fact]
    public async Task WaitForExternalEvent_ReturnsPayload_WhenEventCameEarly()
    {
        await using var engine = await new TestEngine().With("Main", async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1));
            return (await context.WaitForExternalEvent<Word>("approve", TimeSpan.FromHours(1)))!;
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.RaiseAsync("approve", "first");
        await engine.RaiseAsync("approve", "second");
        await engine.RestartAsync();

        await engine.RunOutAsync();

        Assert.Equal("first", engine.Output());
    }

    [Fact]
    public async Task WaitForExternalEvent_TakesEachEventOnce_InTheOrderTheyCame()
    {
        await using var engine = await new TestEngine().With("Main", async (context, _) =>
        {
            var first = await context.WaitForExternalEvent<Word>("approve", TimeSpan.FromHours(1));
            var second = await context.WaitForExternalEvent<Word>("approve", TimeSpan.FromHours(1));
            var third = await context.WaitForExternalEvent<Word>("approve", TimeSpan.FromHours(1));
            return new Word($"{first?.Text} {second?.Text} {third?.Text ?? "nothing"}");
        }).StartAsync();
        await engine.LaunchAsync();
        await engine.RaiseAsync("approve", "one");
        await engine.RaiseAsync("approve", "two");

        await engine.RunOutAsync();

        Assert.Equal("one two nothing", engine.Output());
    }

    [Fact]
    public async Task WaitForExternalEvent_ReturnsNull_WhenTimeIsUp()
    {
        await using var engine = await StartWaitingAsync();

        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.IdleAsync();

        Assert.Equal("nobody", engine.Output());
    }

    [Fact]
    public async Task WaitForExternalEvent_TakesEvent_WhenItCameBeforeTimeWasUpThoughEngineWasDown()
    {
        await using var engine = await StartWaitingAsync();
        await engine.StopAsync();
        Assert.True(JournalInbox.TryLeaveEvent(engine.Folder, TestEngine.Id, "approve", """{"Text":"yes"}"""));

        engine.Clock.Advance(TimeSpan.FromHours(2));
        await engine.StartAsync();
        await engine.IdleAsync();

        Assert.Equal("yes", engine.Output());
    }

    [Fact]
    public async Task WaitForExternalEvent_TakesEvent_WhenAnotherConnectionLeavesIt()
    {
        await using var engine = await StartWaitingAsync();

        Assert.True(JournalInbox.TryLeaveEvent(engine.Folder, TestEngine.Id, "approve", """{"Text":"yes"}"""));
        engine.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await engine.IdleAsync();

        Assert.Equal("yes", engine.Output());
    }

    [Fact]
    public async Task LeaveEvent_ReturnsFalse_WhenNobodyCouldEverTakeIt()
    {
        await using var engine = await StartWaitingAsync();
        await engine.RaiseAsync("approve", "yes");
        await engine.IdleAsync();

        Assert.False(JournalInbox.TryLeaveEvent(engine.Folder, TestEngine.Id, "approve", "{}"));
        Assert.False(JournalInbox.TryLeaveEvent(engine.Folder, "nobody", "approve", "{}"));
        Assert.False(JournalInbox.TryLeaveEvent(Path.Combine(engine.Folder, "elsewhere"), TestEngine.Id, "approve", "{}"));
    }

    [Fact]
    public async Task WaitForExternalEvent_HoldsInstanceNoLonger_WhenEventHasCome()
    {
        await using var engine = await StartWaitingAsync();
        await engine.RaiseAsync("approve", "yes");
        await engine.IdleAsync();

        await engine.RestartAsync();
        engine.Clock.Advance(TimeSpan.FromHours(2));
        await engine.IdleAsync();

        Assert.Equal("yes", engine.Output());
        Assert.Empty(engine.Journal.ListUnfinished());
    }

    private static async Task<TestEngine> StartWaitingAsync()
    {
        var engine = await new TestEngine().With("Main", async (context, _) =>
            await context.WaitForExternalEvent<Word>("approve", TimeSpan.FromHours(1)) ?? new Word("nobody")).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();
        return engine;
    }
}
