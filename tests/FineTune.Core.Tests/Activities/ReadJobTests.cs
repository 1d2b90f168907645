using System.Text.Json;
using FineTune.Activities;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>Following a real job's events: each once and in order, however they are told.</summary>
public sealed class ReadJobTests : ActivityTest
{
    private static readonly TimeSpan FarEnough = TimeSpan.FromHours(1);

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

    [Fact]
    public async Task RunAsync_TellsHowFarTheTrainingIs()
    {
        string job = await StartAsync();
        Clock.Advance(TimeSpan.FromSeconds(60));

        JobLook look = await LookAsync(job);

        Assert.Equal(("running", FineTuneStep.Training), (look.Status.Value, look.Progress.Step));
        Assert.InRange(look.Progress.Percent!.Value, 1, 99);
        Assert.NotNull(look.Progress.TrainLoss);
    }

    [Fact]
    public async Task RunAsync_PassesACancellationOn()
    {
        string job = await StartAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { CancelRequested = true }, Token);

        JobLook look = await LookAsync(job);

        Assert.Equal(JobStatus.Cancelled, look.Status);
        Assert.Equal(await ToldAsync(job), await StoredAsync());
    }

    [Fact]
    public async Task RunAsync_AsksForNoCancellation_WhenTheJobIsOver()
    {
        string job = await StartAsync();
        Clock.Advance(FarEnough);
        await Ledger.ChangeRunAsync(RunId, row => row with { CancelRequested = true }, Token);

        JobLook look = await LookAsync(job);

        Assert.Equal(JobStatus.Succeeded, look.Status);
        Assert.Equal(0, Requests("POST /v1/fine_tuning/jobs/{id}/cancel"));
    }

    [Fact]
    public async Task RunAsync_TakesTheJobAsItIs_WhenTheCancellationComesTooLate()
    {
        string job = await StartAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { CancelRequested = true }, Token);
        Script(FaultKind.FailBefore, "POST", "/v1/fine_tuning/jobs/*/cancel", fault => fault with { Status = 400, Message = "It is over." });

        JobLook look = await LookAsync(job);

        Assert.Equal("validating_files", look.Status.Value);
    }

    [Fact]
    public async Task RunAsync_KeepsAStatusItDoesNotKnow()
    {
        string job = await StartAsync();
        Script(FaultKind.UnknownStatus, "GET", "/v1/fine_tuning/jobs/*", fault => fault with { Value = "pausing" });

        JobLook look = await LookAsync(job);

        Assert.Equal(("pausing", false), (look.Status.Value, look.Status.IsFinal));
    }

    [Fact]
    public async Task RunAsync_AwaitsTheModel_WhenASucceededJobNamesNone()
    {
        string job = await StartAsync();
        Emulator.AddFault(new Fault { Kind = FaultKind.ModelNullAfterSuccess, Seconds = FarEnough.TotalSeconds });
        Clock.Advance(TimeSpan.FromMinutes(30));

        JobLook early = await LookAsync(job);
        Clock.Advance(FarEnough + FarEnough);
        JobLook late = await LookAsync(job);

        Assert.Equal((true, false), (early.AwaitsModel, late.AwaitsModel));
    }

    [Fact]
    public async Task RunAsync_IsTriedAgainByTheRule_WhenAReplicaDoesNotKnowTheJobYet()
    {
        await AddRunAsync();

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => LookAsync("ftjob-fresh"));
    }

    private async Task<string> StartAsync()
    {
        await AddRunAsync();
        return await HaveJobAsync(await HaveFileAsync(examples: 50));
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

    private async Task<List<string>> WithFaultAsync(FaultKind kind, string job)
    {
        Emulator.AddFault(new Fault { Kind = kind });
        await FollowAsync(job);
        Emulator.ClearFaults();
        return await ToldAsync(job);
    }

    private Task<JobLook> LookAsync(string job, string? after = null)
        => new ReadJob(Api, Ledger, NullLogger<ReadJob>.Instance).RunAsync(new ReadJobInput(RunId, job, after), Token);

    private async Task<List<string>> StoredAsync()
        => [.. (await Ledger.ListEventsAsync(RunId, Token).ToListAsync(Token)).Select(one => one.Id)];

    /// <summary>What the emulator has to tell, oldest first, read without our client.</summary>
    private async Task<List<string>> ToldAsync(string job)
    {
        List<string> newestFirst = [];
        for (bool more = true; more;)
        {
            string after = newestFirst.Count == 0 ? "" : $"&after={newestFirst[^1]}";
            JsonElement page = await GetAsync($"fine_tuning/jobs/{job}/events?limit=100{after}");
            newestFirst.AddRange(page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            more = page.GetProperty("has_more").GetBoolean();
        }

        newestFirst.Reverse();
        return newestFirst;
    }
}
