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
    public async Task RunAsync_HasNoAnswer_WhenAReplicaDoesNotKnowTheJobYet()
    {
        await AddRunAsync();

        JobLook look = await LookAsync("ftjob-fresh");

        Assert.Equal((true, false, false), (look.NoAnswer, look.HasNews, look.Status.IsFinal));
        Assert.Null(Row.Alarm);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task RunAsync_LosesNothing_WhileTheProviderDoesNotTell(int status)
    {
        string job = await StartAsync();
        Fault closed = Script(FaultKind.FailBefore, "GET", "/v1/fine_tuning/jobs/*", fault => fault with
        {
            Status = status,
            Message = "No.",
            Match = fault.Match! with { Times = 0 },
        });
        JobLook soon = await LookAsync(job);
        JobLook late = await LookAsync(job, silence: TimeSpan.FromHours(7));
        Assert.Equal((true, true), (soon.NoAnswer, late.NoAnswer));
        Assert.Equal(("unreachable", Clock.GetUtcNow()), (Row.Alarm!.Code, Row.Alarm.Since));
        Assert.Contains($"HTTP {status}: No.", Row.Alarm.Detail, StringComparison.Ordinal);

        Emulator.ClearFaults();
        Clock.Advance(FarEnough);
        JobLook mended = await LookAsync(job);

        Assert.Equal(JobStatus.Succeeded, mended.Status);
        Assert.Equal(await ToldAsync(job), await StoredAsync());
        Assert.Null(Row.Alarm);
    }

    [Fact]
    public async Task RunAsync_RaisesAnAlarmOnce_WhenTheProviderTellsNothingNewForTooLong()
    {
        string job = await StartAsync();
        JobLook first = await LookAsync(job);

        JobLook silent = await LookAsync(job, first.LastEventId, TimeSpan.FromHours(6.5));
        RunAlarm raised = Row.Alarm!;
        Clock.Advance(TimeSpan.FromSeconds(1));
        await LookAsync(job, first.LastEventId, TimeSpan.FromHours(7));

        Assert.Equal("stalled", raised.Code);
        Assert.EndsWith("the provider has told nothing new for 0.06:30", silent.Progress.Detail, StringComparison.Ordinal);
        Assert.Equal((raised, RunStatus.Running), (Row.Alarm, Row.Status));
    }

    [Fact]
    public async Task RunAsync_PausesAndResumesTheJobOnce_AsAPersonAsks()
    {
        string job = await StartAsync();
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });
        JobLook paused = await LookAsync(job);
        await LookAsync(job);
        Assert.Equal(("paused", $"Job {job} is paused, by ann"), (paused.Status.Value, paused.Progress.Detail));
        Assert.Equal(1, Requests("POST /v1/fine_tuning/jobs/{id}/pause"));

        Clock.Advance(FarEnough);
        await ChangeAsync(row => row with { Paused = null });
        JobLook resumed = await LookAsync(job);
        await LookAsync(job);

        Assert.False(resumed.Status.IsFinal || resumed.Status.IsPaused, resumed.Status.Value);
        Assert.Equal(1, Requests("POST /v1/fine_tuning/jobs/{id}/resume"));
    }

    [Fact]
    public async Task RunAsync_SaysThatTheJobGoesOn_WhenTheProviderCannotPauseIt()
    {
        string job = await StartAsync();
        Script(FaultKind.FailBefore, "POST", "/v1/fine_tuning/jobs/*/pause", fault => fault with { Status = 404, Message = "No such route." });
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });

        JobLook look = await LookAsync(job);

        Assert.EndsWith("ann paused the run, but the provider goes on with the job", look.Progress.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LeavesAJobPaused_ThatWasPausedAtTheProvider()
    {
        string job = await StartAsync();
        await Api.PauseJobAsync(job, Token);

        JobLook look = await LookAsync(job);

        Assert.True(look.Status.IsPaused);
        Assert.Equal(0, Requests("POST /v1/fine_tuning/jobs/{id}/resume"));
    }

    [Fact]
    public async Task RunAsync_CancelsAPausedJob_WhenAskedTo()
    {
        string job = await StartAsync();
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });
        await LookAsync(job);
        await ChangeAsync(row => row with { CancelRequested = true });

        Assert.Equal(JobStatus.Cancelled, (await LookAsync(job)).Status);
    }

    private Task<RunRow> ChangeAsync(Func<RunRow, RunRow> change) => Ledger.ChangeRunAsync(RunId, change, Token);

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

    private Task<JobLook> LookAsync(string job, string? after = null, TimeSpan? silence = null)
        => new ReadJob(Api, Ledger, new JobAlarms(Ledger, Clock, NullLogger<JobAlarms>.Instance), NullLogger<ReadJob>.Instance)
            .RunAsync(new ReadJobInput(RunId, job, after, silence), Token);

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
