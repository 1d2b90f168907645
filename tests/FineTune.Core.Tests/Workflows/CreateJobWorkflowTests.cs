using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>The wait for a job to come to be: as told, with a deadline, and with a history that stays short.</summary>
public sealed class CreateJobWorkflowTests
{
    private static readonly JobCreation Created = new(End: null, "ftjob-1");

    private static AwaitJobInput Input => new(
        new CreateJobInput("run-1", "key", Sample.Spec, "file-1", ValidationFileId: null),
        WorkflowStage.Start + Sample.Limits.CreateDeadline);

    [Fact]
    public async Task RunAsync_WaitsAsTold_UntilThereIsAJob()
    {
        WorkflowStage stage = StageOf(Later(TimeSpan.FromSeconds(1)), Later(TimeSpan.FromSeconds(150)), Created);

        JobCreation creation = await CreateJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(Created, creation);
        Assert.Equal([1, 150], stage.Waits.Select(wait => wait.TotalSeconds));
        Assert.All(stage.Progress, progress => Assert.Equal(new FineTuneProgress(FineTuneStep.CreatingJob, "Number 2 in line"), progress));
    }

    [Fact]
    public async Task RunAsync_WaitsBeforeItsFirstCall_WhenTheRunWasToldSo()
    {
        WorkflowStage stage = StageOf(Created);

        JobCreation creation = await CreateJobWorkflow.RunAsync(stage.Context, Input with { First = Later(TimeSpan.FromMinutes(20)) });

        Assert.Equal(Created, creation);
        Assert.Equal([TimeSpan.FromMinutes(20)], stage.Waits);
        Assert.Single(stage.Calls);
    }

    [Fact]
    public async Task RunAsync_TimesOut_WhenTheDeadlineHasPassed()
    {
        WorkflowStage stage = StageOf(Later(TimeSpan.FromHours(10)));

        JobCreation creation = await CreateJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(new FineTuneOutcome(RunStatus.TimedOut, "No job could be created in time. Number 2 in line"), creation.End);
        Assert.Equal(WorkflowStage.Start + TimeSpan.FromHours(50), stage.Now);
    }

    [Fact]
    public async Task RunAsync_TakesAJobThatCameAfterTheDeadline()
    {
        WorkflowStage stage = StageOf(Later(TimeSpan.FromDays(3)), Created);

        Assert.Equal(Created, await CreateJobWorkflow.RunAsync(stage.Context, Input));
    }

    [Fact]
    public async Task RunAsync_LetsNoDeadlineRun_WhileTheRunIsPaused()
    {
        JobCreation paused = Later(TimeSpan.FromDays(3)) with { StopsClock = true };
        WorkflowStage stage = StageOf(paused, paused, Later(TimeSpan.FromDays(1)), Later(TimeSpan.FromDays(2)), Later(TimeSpan.FromDays(2)));

        JobCreation creation = await CreateJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(RunStatus.TimedOut, creation.End!.Status);
        Assert.Equal(WorkflowStage.Start + TimeSpan.FromDays(9), stage.Now); // six of them paused
    }

    [Fact]
    public async Task RunAsync_AsksAtOnce_WhenSomebodyCancels()
    {
        WorkflowStage stage = StageOf(Later(TimeSpan.FromHours(1)), new JobCreation(Sample.End(RunStatus.Cancelled))).Signal(RunSignalKind.Cancel);

        JobCreation creation = await CreateJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal((RunStatus.Cancelled, WorkflowStage.Start), (creation.End!.Status, stage.Now));
    }

    [Fact]
    public async Task RunAsync_ContinuesAsNew_WhenFiftyCallsAreUsedUp()
    {
        WorkflowStage stage = StageOf(Later(TimeSpan.FromMinutes(1)));

        await CreateJobWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(50, stage.Calls.Count);
        Assert.Equal(Input, Assert.Single(stage.ContinuedWith));
    }

    private static WorkflowStage StageOf(params JobCreation[] answers) => new WorkflowStage().Answer(nameof(CreateJob), answers);

    private static JobCreation Later(TimeSpan wait) => new(End: null, Wait: wait, Detail: "Number 2 in line");
}
