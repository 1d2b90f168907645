using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>What a look at a job makes of its status, of a person's wish to cancel or pause it, and of silence.</summary>
public sealed class ReadJobControlTests : FollowedJobTest
{
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
}
