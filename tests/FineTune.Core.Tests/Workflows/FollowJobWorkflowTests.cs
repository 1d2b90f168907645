using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>Following one job: the pace, the two deadlines and the restart every fifty looks.</summary>
public sealed class FollowJobWorkflowTests
{
    private static readonly JobStatus Running = new("running");

    private static FollowJobInput Input => new(
        "run-1", "ftjob-1", Sample.Limits, WorkflowStage.Start + Sample.Limits.JobDeadline, Sample.Limits.PollEvery);

    [Theory]
    [InlineData("succeeded")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task RunAsync_Returns_WhenTheProviderIsDoneWithTheJob(string status)
    {
        var stage = StageOf(Look("running", "ev-1"), Look(status));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Null(followed.End);
        Assert.Equal([Sample.Limits.PollEvery], stage.Waits);
        Assert.Empty(stage.ContinuedWith);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("pausing")]
    [InlineData("a_word_from_next_year")]
    public async Task RunAsync_KeepsWaiting_WhenTheStatusIsUnknown(string status)
    {
        var stage = StageOf(Look(status), Look(status), Look("running"), Look("succeeded"));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Null(followed.End);
        Assert.Equal(3, stage.Waits.Count);
    }

    [Fact]
    public async Task RunAsync_ContinuesAsNewWithItsWholeState_WhenFiftyLooksAreUsedUp()
    {
        var numbers = new FineTuneProgress(FineTuneStep.Training, "Job ftjob-1 is running", Percent: 40, TrainLoss: 1.5, ValidLoss: 1.7);
        var stage = StageOf(
            new JobLook(Running, AwaitsModel: false, HasNews: true, "ev-9", numbers),
            new JobLook(Running, AwaitsModel: false, HasNews: false, LastEventId: null, new FineTuneProgress(FineTuneStep.Training, "quiet")));

        await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(50, stage.Calls.Count);
        var expected = Input with { AfterEventId = "ev-9", Progress = numbers with { Detail = "quiet" }, Pause = Sample.Limits.PollAtMost, Status = Running, NewsAt = WorkflowStage.Start };
        Assert.Equal(expected, Assert.Single(stage.ContinuedWith));
    }

    [Fact]
    public async Task RunAsync_ReadsOnFromTheNewestEvent()
    {
        var stage = StageOf(Look("running", "ev-1"), Look("running"), Look("running", "ev-2"), Look("succeeded"));

        await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal([null, "ev-1", "ev-1", "ev-2"], stage.Inputs.OfType<ReadJobInput>().Select(input => input.AfterEventId));
    }

    [Fact]
    public async Task RunAsync_LooksMoreRarelyWithoutNews_AndOftenAgainWithNews()
    {
        var stage = StageOf(Look("running"), Look("running"), Look("running", "ev-1"), Look("running"), Look("succeeded"));

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { Pause = TimeSpan.FromSeconds(100) });

        Assert.Equal([150, 225, 10, 15], stage.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task RunAsync_TimesOutWithoutCancelling_WhenTheDeadlineHasPassed()
    {
        var stage = StageOf(Look("running"));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input with { Deadline = WorkflowStage.Start.AddMinutes(1) });

        Assert.Equal(
            new FineTuneOutcome(RunStatus.TimedOut, "Job ftjob-1 is still 'running' at its deadline. It was not cancelled.") { JobId = "ftjob-1" },
            followed.End);
        Assert.InRange(stage.Now, WorkflowStage.Start.AddMinutes(1), WorkflowStage.Start.AddMinutes(2));
    }

    [Fact]
    public async Task RunAsync_TakesAFinishedJob_EvenAfterTheDeadline()
    {
        var stage = StageOf(Look("succeeded"));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input with { Deadline = WorkflowStage.Start.AddDays(-1) });

        Assert.Null(followed.End);
    }

    [Fact]
    public async Task RunAsync_WaitsForTheModelsName_ForTenMinutes()
    {
        var stage = StageOf(Awaiting);

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal((RunStatus.NeedsAttention, "ftjob-1"), (followed.End!.Status, followed.End.JobId));
        Assert.InRange(stage.Now - WorkflowStage.Start, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task RunAsync_GoesOn_WhenTheModelIsNamedInTime()
    {
        var stage = StageOf(Awaiting, Awaiting, Look("succeeded"));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Null(followed.End);
    }

    [Fact]
    public async Task RunAsync_CarriesTheModelsDeadlineIntoTheNextGeneration()
    {
        var stage = StageOf(Look("running", "ev-1"), Awaiting);
        RunLimits quick = Sample.Limits with { PollEvery = TimeSpan.FromSeconds(1), PollAtMost = TimeSpan.FromSeconds(1) };

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { Limits = quick, Pause = quick.PollEvery });

        var next = Assert.IsType<FollowJobInput>(Assert.Single(stage.ContinuedWith));
        Assert.Equal(WorkflowStage.Start.AddSeconds(1).AddMinutes(10), next.Deadline);
    }

    [Fact]
    public async Task RunAsync_KeepsTheNewestNumbers_WhenALookBringsNone()
    {
        var stage = StageOf(
            new JobLook(Running, AwaitsModel: false, HasNews: true, "ev-1", new FineTuneProgress(FineTuneStep.Training, "a", 10, 2.0, 2.1)),
            new JobLook(Running, AwaitsModel: false, HasNews: true, "ev-2", new FineTuneProgress(FineTuneStep.Training, "b", 20)),
            Look("succeeded"));

        await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(new FineTuneProgress(FineTuneStep.Training, "b", 20, 2.0, 2.1), stage.Progress[1]);
    }

    [Fact]
    public async Task RunAsync_LooksForASurplusJobOnce_WhenTheTimeForItHasCome()
    {
        var stage = StageOf(Look("running"), Look("running"), Look("running"), Look("succeeded")).Answer(nameof(CancelSurplusJobs), new Done());

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { VerifyAt = WorkflowStage.Start.AddSeconds(1) });

        Assert.Equal([nameof(ReadJob), nameof(ReadJob), nameof(CancelSurplusJobs), nameof(ReadJob), nameof(ReadJob)], stage.Calls);
        Assert.Equal(new CancelSurplusInput("run-1", "ftjob-1"), stage.InputOf<CancelSurplusInput>());
    }

    [Fact]
    public async Task RunAsync_LooksForASurplusJob_EvenWhenTheJobIsOverBefore()
    {
        var stage = StageOf(Look("succeeded")).Answer(nameof(CancelSurplusJobs), new Done());

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { VerifyAt = WorkflowStage.Start.AddMinutes(1) });

        Assert.Equal([nameof(ReadJob), nameof(CancelSurplusJobs)], stage.Calls);
    }

    [Fact]
    public async Task RunAsync_LooksAtOnce_WhenSomebodyCancels()
    {
        var stage = StageOf(Look("running"), Look("cancelled")).Signal(RunSignalKind.Cancel);

        await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(WorkflowStage.Start, stage.Now);
    }

    [Fact]
    public async Task RunAsync_SaysForHowLongThereWasNoNews_OnceThatIsTooLong()
    {
        var stage = StageOf(Look("running"), Look("running"), Look("running"), Look("running", "ev-1"), Look("running"), Look("succeeded"));
        RunLimits impatient = Sample.Limits with { StalledAfter = TimeSpan.FromSeconds(20) };

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { Limits = impatient });

        Assert.Equal(
            [null, null, TimeSpan.FromSeconds(37.5), TimeSpan.FromSeconds(71.25), null, TimeSpan.FromSeconds(25)],
            stage.Inputs.OfType<ReadJobInput>().Select(look => look.Silence));
    }

    [Fact]
    public async Task RunAsync_TakesAnotherStatusForNews_AndNoAnswerForNone()
    {
        JobLook noAnswer = Look("unknown") with { NoAnswer = true };
        var stage = StageOf(Look("queued"), Look("running"), noAnswer, Look("running"), Look("succeeded"));
        RunLimits impatient = Sample.Limits with { StalledAfter = TimeSpan.FromSeconds(40) };

        await FollowJobWorkflow.RunAsync(stage.Context, Input with { Limits = impatient });

        // Looks at 0, 15, 37.5, 71.25 s and later: "running" was news at 15 s, and still is "running" after no answer.
        Assert.Equal([false, false, false, true, true], stage.Inputs.OfType<ReadJobInput>().Select(look => look.Silence is not null));
    }

    [Fact]
    public async Task RunAsync_GoesOnWithoutAnAnswer_UntilTheDeadline()
    {
        JobLook noAnswer = Look("unknown") with { NoAnswer = true };
        var stage = StageOf(noAnswer, noAnswer, Look("succeeded"));

        FollowedJob followed = await FollowJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Null(followed.End);
        Assert.Equal(2, stage.Waits.Count);
    }

    [Fact]
    public async Task RunAsync_LetsNoDeadlineRun_WhileTheJobIsPaused()
    {
        var stage = StageOf([.. Enumerable.Repeat(Look("paused"), 20), Look("running"), Look("succeeded")]);
        RunLimits impatient = Sample.Limits with { StalledAfter = TimeSpan.FromMinutes(1) };

        FollowedJob followed = await FollowJobWorkflow.RunAsync(
            stage.Context, Input with { Limits = impatient, Deadline = WorkflowStage.Start.AddMinutes(10) });

        Assert.Null(followed.End);
        Assert.True(stage.Now > WorkflowStage.Start.AddHours(1), $"only {stage.Now}");
        Assert.All(stage.Inputs.OfType<ReadJobInput>().Take(21), look => Assert.True(look.Silence is null || look.Silence <= impatient.PollAtMost));
    }

    private static JobLook Awaiting => new(
        JobStatus.Succeeded, AwaitsModel: true, HasNews: false, LastEventId: null, new FineTuneProgress(FineTuneStep.Training, "no model yet"));

    private static WorkflowStage StageOf(params JobLook[] looks) => new WorkflowStage().Answer(nameof(ReadJob), looks);

    private static JobLook Look(string status, string? newEvent = null) => new(
        new JobStatus(status), AwaitsModel: false, HasNews: newEvent is not null, newEvent, new FineTuneProgress(FineTuneStep.Training, status));
}
