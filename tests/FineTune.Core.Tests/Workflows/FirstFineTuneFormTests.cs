using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>
/// Runs that were started under the first order of steps keep to it: their histories know nothing of budgets and lines. The sample's upper
/// estimate is $3.20.
/// </summary>
public sealed class FirstFineTuneFormTests
{
    private static readonly FineTuneInput First = Sample.Input with { Form = FineTuneInput.FirstForm };

    [Fact]
    public async Task RunAsync_TakesTheStepsOfItsTime()
    {
        WorkflowStage stage = Sample.GoodStage();

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, First);

        Assert.Equal(
            [
                nameof(InspectDataset), nameof(ClaimKey), nameof(UploadDataset), nameof(CheckFile), nameof(CreateJob),
                nameof(FollowJobWorkflow), nameof(CollectResult), nameof(RecordOutcome), nameof(CleanUp),
            ],
            stage.Calls);
        Assert.Equal(Sample.Success, outcome);
        Assert.False(stage.InputOf<CreateJobInput>().InLine);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3.20)]
    [InlineData(5.0)]
    public async Task Approve_AsksNobody_WhenThePriceIsWithinTheLimit(double? limit)
    {
        WorkflowStage stage = Sample.GoodStage();

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, InputWith(limit));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Empty(stage.Waits);
        Assert.DoesNotContain(stage.Progress, progress => progress.Step is FineTuneStep.AwaitingApproval);
    }

    [Fact]
    public async Task Approve_WaitsAndSaysForWhat_WhenThePriceIsAboveTheLimit()
    {
        WorkflowStage stage = Sample.GoodStage().Signal(RunSignalKind.Approve);

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, InputWith(3.19));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal([Sample.Limits.ApprovalDeadline], stage.Waits);
        FineTuneProgress asked = Assert.Single(stage.Progress, progress => progress.Step is FineTuneStep.AwaitingApproval);
        Assert.Equal("Waiting for approval of up to $3.20, above the limit of $3.19", asked.Detail);
    }

    [Fact]
    public async Task Approve_Waits_WhenNoPriceIsKnown()
    {
        WorkflowStage stage = Sample.GoodStage().Signal(RunSignalKind.Reject)
            .Answer(nameof(InspectDataset), new FineTune.Workflows.Inspection(End: null, "key", "sha"));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, InputWith(1000));

        Assert.Equal((RunStatus.Rejected, "ann refused an unknown price; nothing was uploaded."), (outcome.Status, outcome.Detail));
    }

    [Theory]
    [InlineData(RunSignalKind.Reject, RunStatus.Rejected, "ann refused up to $3.20; nothing was uploaded.")]
    [InlineData(RunSignalKind.Cancel, RunStatus.Cancelled, "Cancelled by ann before anything was uploaded.")]
    public async Task Approve_EndsTheRunBeforeTheUpload_WhenSomebodySaysNo(RunSignalKind kind, RunStatus status, string detail)
    {
        WorkflowStage stage = Sample.GoodStage().Signal(kind);

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, InputWith(1));

        Assert.Equal(new FineTuneOutcome(status, detail), outcome);
        Assert.Equal([nameof(InspectDataset), nameof(ClaimKey), nameof(RecordOutcome), nameof(CleanUp)], stage.Calls);
    }

    [Fact]
    public async Task Approve_RejectsTheRun_WhenNobodyAnswersInTime()
    {
        WorkflowStage stage = Sample.GoodStage();

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, InputWith(1));

        Assert.Equal(RunStatus.Rejected, outcome.Status);
        Assert.StartsWith("Nobody approved up to $3.20 in time", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(WorkflowStage.Start + Sample.Limits.ApprovalDeadline, stage.Now);
    }

    [Fact]
    public async Task CreateJob_WaitsAsTold_UntilThereIsAJob()
    {
        WorkflowStage stage = Sample.GoodStage().Answer(
            nameof(CreateJob), Later(TimeSpan.FromSeconds(1)), Later(TimeSpan.FromSeconds(150)), new JobCreation(End: null, "ftjob-1"));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, First);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal([1, 150], stage.Waits.Select(wait => wait.TotalSeconds));
        Assert.Contains(stage.Progress, progress => progress is { Step: FineTuneStep.CreatingJob, Detail: "queue is full" });
        Assert.Single(stage.Inputs.OfType<CreateJobInput>().Distinct());
    }

    [Fact]
    public async Task CreateJob_TimesOut_WhenTheDeadlineHasPassed()
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(CreateJob), Later(TimeSpan.FromHours(10)));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, First);

        Assert.Equal((RunStatus.TimedOut, "No job could be created in time. queue is full"), (outcome.Status, outcome.Detail));
        Assert.Equal(WorkflowStage.Start + TimeSpan.FromHours(50), stage.Now);
    }

    private static JobCreation Later(TimeSpan wait) => new(End: null, Wait: wait, Detail: "queue is full");

    private static FineTuneInput InputWith(double? limit) => First with { Limits = Sample.Limits with { ApproveAbove = (decimal?)limit } };
}
