using FineTune.Emulator.Faults;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>Following a real job's events: each once and in order, however they are told.</summary>
public sealed class ReadJobTests : FollowedJobTest
{
    [Fact]
    public async Task RunAsync_StoresEveryEventOnceAndInOrder_AcrossManyLooks()
    {
        string job = await StartAsync();

        await FollowAsync(job);

        Assert.Equal(await ToldAsync(job), await StoredAsync());
    }

    [Fact]
    public async Task RunAsync_PagesThroughMoreThanAHundredEvents_InOneLook()
    {
        string job = await StartAsync();
        Clock.Advance(FarEnough);

        JobLook look = await LookAsync(job);

        List<string> told = await ToldAsync(job);
        Assert.True(told.Count > 100, $"only {told.Count} events to page through");
        Assert.Equal(told, await StoredAsync());
        Assert.Equal((true, told[^1]), (look.HasNews, look.LastEventId));
    }

    [Fact]
    public async Task RunAsync_StoresEveryEventOnce_WhenTheProviderRepeatsThem()
    {
        string job = await StartAsync();
        List<string> told = await WithFaultAsync(FaultKind.DuplicateEvents, job);

        Assert.Equal(told, await StoredAsync());
    }

    [Fact]
    public async Task RunAsync_StoresEveryEventOnceByTime_WhenTheProviderShufflesThem()
    {
        string job = await StartAsync();
        List<string> told = await WithFaultAsync(FaultKind.ReorderEvents, job);

        Assert.Equal(told.Order(), (await StoredAsync()).Order());
        DateTimeOffset[] times = [.. (await Ledger.ListEventsAsync(RunId, Token).ToListAsync(Token)).Select(one => one.CreatedAt)];
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task RunAsync_ReadsOnlyWhatIsNew_AfterTheNewestEvent()
    {
        string job = await StartAsync();
        JobLook first = await LookAsync(job);

        JobLook second = await LookAsync(job, first.LastEventId);
        Clock.Advance(TimeSpan.FromSeconds(30));
        JobLook third = await LookAsync(job, first.LastEventId);

        Assert.Equal((true, false, true), (first.HasNews, second.HasNews, third.HasNews));
        Assert.Null(second.LastEventId);
    }

    [Fact]
    public async Task RunAsync_EndsItsLook_WhenTheProviderHasOnePageForEveryCursor()
    {
        string job = await StartAsync();
        Script(
            FaultKind.GarbledBody, "GET", "/v1/fine_tuning/jobs/*/events",
            fault => fault with { Body = """{"data":[{"id":"ev-2"},{"id":"ev-1"}],"has_more":true}""", Match = fault.Match! with { Times = 5 } });

        await LookAsync(job);

        Assert.Equal(["ev-1", "ev-2"], await StoredAsync());
        Assert.Equal(2, Requests("GET /v1/fine_tuning/jobs/{id}/events"));
    }

    [Fact]
    public async Task RunAsync_ReadsThemAllAgain_WhenItsCursorIsGone()
    {
        string job = await StartAsync();
        await LookAsync(job);

        await LookAsync(job, "ftevent-that-was-deleted");

        Assert.Equal(await ToldAsync(job), await StoredAsync());
    }

    [Fact]
    public async Task RunAsync_ReadsThemAllAtTheEnd_SoThatALateOneIsNotMissed()
    {
        string job = await StartAsync();
        Clock.Advance(FarEnough);
        List<string> told = await ToldAsync(job);

        await LookAsync(job, told[^1]);

        Assert.Equal(told, await StoredAsync());
    }

    private async Task<List<string>> WithFaultAsync(FaultKind kind, string job)
    {
        Emulator.AddFault(new Fault { Kind = kind });
        await FollowAsync(job);
        Emulator.ClearFaults();
        return await ToldAsync(job);
    }

    /// <summary>Looks every few seconds to the end, as the follower does.</summary>
    private async Task FollowAsync(string job)
    {
        string? after = null;
        JobLook look;
        do
        {
            look = await LookAsync(job, after);
            after = look.LastEventId ?? after;
            Clock.Advance(TimeSpan.FromSeconds(7));
        }
        while (!look.Status.IsFinal);
    }
}
