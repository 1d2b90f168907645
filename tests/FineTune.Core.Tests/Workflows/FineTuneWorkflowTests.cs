using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>A run step by step: the order of success, and every place where it can end early.</summary>
public sealed class FineTuneWorkflowTests
{
    private static readonly string[] Closing = [nameof(RecordOutcome), nameof(SettleSpending), nameof(CleanUp)];

    [Fact]
    public async Task RunAsync_TakesEveryStepInOrder_WhenAllGoesWell()
    {
        WorkflowStage stage = Sample.GoodStage();

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(
            [
                nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset), nameof(CheckFile), nameof(CreateJob),
                nameof(FollowJobWorkflow), nameof(CollectResult), .. Closing,
            ],
            stage.Calls);
        Assert.Equal(Sample.Success, outcome);
        Assert.Equal(Sample.Success, stage.InputOf<RecordInput>().Outcome);
        Assert.Empty(stage.Waits);
    }

    [Fact]
    public async Task RunAsync_ReportsEachStepOnce_InTheirOrder()
    {
        WorkflowStage stage = Sample.GoodStage();

        await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(
            [
                FineTuneStep.Inspecting, FineTuneStep.Uploading, FineTuneStep.WaitingForFiles, FineTuneStep.CreatingJob,
                FineTuneStep.Training, FineTuneStep.Done,
            ],
            stage.Progress.Select(progress => progress.Step));
    }

    [Fact]
    public async Task RunAsync_UploadsAndAwaitsBothFiles_WhenThereIsAValidationDataset()
    {
        WorkflowStage stage = Sample.GoodStage();

        await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input with { Validation = Sample.Validation });

        UploadInput[] uploads = [.. stage.Inputs.OfType<UploadInput>()];
        Assert.Equal(new UploadInput("run-1", Sample.Dataset, "sha", "key.jsonl", IsValidation: false), uploads[0]);
        Assert.Equal(new UploadInput("run-1", Sample.Validation, "sha-of-validation", "key.validation.jsonl", IsValidation: true), uploads[1]);
        Assert.Equal(["file-1", "file-2"], stage.Inputs.OfType<CheckFileInput>().Select(check => check.FileId));
        Assert.Equal(new CreateJobInput("run-1", "key", Sample.Spec, "file-1", "file-2"), stage.InputOf<CreateJobInput>());
    }

    [Fact]
    public async Task RunAsync_GivesTheFollowerItsOwnDeadlineAndPace()
    {
        WorkflowStage stage = Sample.GoodStage();

        await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        var expected = new FollowJobInput(
            "run-1", "ftjob-1", Sample.Limits, WorkflowStage.Start + Sample.Limits.JobDeadline, Sample.Limits.PollEvery)
        {
            VerifyAt = WorkflowStage.Start.AddMinutes(1),
        };
        Assert.Equal(expected, stage.InputOf<FollowJobInput>());
    }

    [Theory]
    [InlineData(RunStatus.Invalid)]
    [InlineData(RunStatus.Superseded)]
    [InlineData(RunStatus.DatasetGone)]
    public async Task RunAsync_EndsBeforeTheClaim_WhenInspectionSaysSo(RunStatus status)
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(InspectDataset), new FineTune.Workflows.Inspection(Sample.End(status)));
        await AssertEndsAsync(stage, status, nameof(InspectDataset));
    }

    [Fact]
    public async Task RunAsync_EndsBeforeTheUpload_WhenTheKeyIsTaken()
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(ClaimKey), new Claim(Sample.End(RunStatus.Duplicate)));
        await AssertEndsAsync(stage, RunStatus.Duplicate, nameof(InspectDataset), nameof(ClaimKey));
    }

    [Theory]
    [InlineData(RunStatus.Rejected)]
    [InlineData(RunStatus.Cancelled)]
    public async Task RunAsync_EndsBeforeTheUpload_WhenItMayNotSpend(RunStatus status)
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(ApproveSpending), new SpendingApproval(Sample.End(status)));
        await AssertEndsAsync(stage, status, nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending));
    }

    [Fact]
    public async Task RunAsync_LeavesTheWaitForApprovalToItsOwnWorkflow()
    {
        WorkflowStage stage = Sample.GoodStage()
            .Answer(nameof(ApproveSpending), new SpendingApproval(End: null, TimeSpan.FromDays(1), "Waiting for approval of up to $3.20"))
            .AnswerSubWorkflow(nameof(ApprovalWorkflow), "run-1-approval", new SpendingApproval(End: null, Epochs: 4));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Contains(stage.Progress, progress => progress is { Step: FineTuneStep.AwaitingApproval, Detail: "Waiting for approval of up to $3.20" });
        Assert.Equal(4, stage.InputOf<CreateJobInput>().Spec.Hyperparameters.Epochs);
        Assert.Empty(stage.Waits);
    }

    [Fact]
    public async Task RunAsync_LeavesTheWaitForAJobToItsOwnWorkflow()
    {
        JobCreation later = new(End: null, Wait: TimeSpan.FromMinutes(1), Detail: "Number 2 in line");
        WorkflowStage stage = Sample.GoodStage()
            .Answer(nameof(CreateJob), later)
            .AnswerSubWorkflow(nameof(CreateJobWorkflow), "run-1-create", new JobCreation(End: null, "ftjob-1"));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Contains(stage.Progress, progress => progress is { Step: FineTuneStep.CreatingJob, Detail: "Number 2 in line" });
        Assert.Equal(
            new AwaitJobInput(stage.InputOf<CreateJobInput>(), WorkflowStage.Start + Sample.Limits.CreateDeadline, later), stage.InputOf<AwaitJobInput>());
        Assert.Empty(stage.Waits);
    }

    [Theory]
    [InlineData(RunStatus.Superseded)]
    [InlineData(RunStatus.DatasetGone)]
    [InlineData(RunStatus.Cancelled)]
    public async Task RunAsync_EndsBeforeAnyJob_WhenTheUploadSaysSo(RunStatus status)
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(UploadDataset), new Upload(Sample.End(status)));
        await AssertEndsAsync(stage, status, nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset));
    }

    [Fact]
    public async Task RunAsync_EndsBeforeAnyJob_WhenTheValidationUploadSaysSo()
    {
        WorkflowStage stage = Sample.GoodStage()
            .Answer(nameof(UploadDataset), new Upload(End: null, "file-1"), new Upload(Sample.End(RunStatus.Superseded)));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input with { Validation = Sample.Validation });

        Assert.Equal(RunStatus.Superseded, outcome.Status);
        Assert.Equal([nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset), nameof(UploadDataset), .. Closing], stage.Calls);
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.ProviderClosed)]
    [InlineData(RunStatus.NeedsAttention)]
    [InlineData(RunStatus.Cancelled)]
    [InlineData(RunStatus.Duplicate)]
    public async Task RunAsync_FollowsNothing_WhenNoJobWasCreated(RunStatus status)
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(CreateJob), new JobCreation(Sample.End(status)));
        await AssertEndsAsync(
            stage, status, nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset), nameof(CheckFile), nameof(CreateJob));
    }

    [Fact]
    public async Task RunAsync_CollectsNothing_WhenTheFollowerGaveUp()
    {
        WorkflowStage stage = Sample.GoodStage().AnswerFollower(new FollowedJob(Sample.End(RunStatus.TimedOut)));
        await AssertEndsAsync(
            stage, RunStatus.TimedOut, nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset), nameof(CheckFile), nameof(CreateJob),
            nameof(FollowJobWorkflow));
    }

    [Fact]
    public async Task RunAsync_NeedsAttention_WhenAnActivityFailsForGood()
    {
        WorkflowStage stage = Sample.GoodStage().Fail<Upload>(nameof(UploadDataset));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal((RunStatus.NeedsAttention, "InvalidOperationException"), (outcome.Status, outcome.ErrorCode));
        Assert.Equal("UploadDataset failed: the disk is full", outcome.Detail);
        Assert.Equal([nameof(UploadDataset), .. Closing], stage.Calls.TakeLast(4));
        Assert.Equal(outcome, stage.InputOf<RecordInput>().Outcome);
    }

    [Fact]
    public async Task RunAsync_NeedsAttention_AndTellsTheJob_WhenItsResultCannotBeFetchedForADay()
    {
        WorkflowStage stage = Sample.GoodStage().Fail<FineTuneOutcome>(nameof(CollectResult));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal((RunStatus.NeedsAttention, "ftjob-1"), (outcome.Status, outcome.JobId));
        Assert.StartsWith(
            "Job ftjob-1 is over, but its result could not be fetched, and it may have left a model: the disk is full", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(RetryRule.Provider, stage.Rules[nameof(CollectResult)]);
        Assert.Equal([nameof(CollectResult), .. Closing], stage.Calls.TakeLast(4));
    }

    [Theory]
    [InlineData(nameof(CleanUp))]
    [InlineData(nameof(Notify))]
    public async Task RunAsync_TellsItsEnd_WhateverBecomesOfTheStepsAfterIt(string broken)
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(Notify), new Done()).Fail<Done>(broken);

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input with { Limits = Sample.Limits with { Notifies = true } });

        Assert.Equal(Sample.Success, outcome);
        Assert.Equal([.. Closing, nameof(Notify)], stage.Calls.TakeLast(4));
        Assert.Equal(RetryRule.Webhook, stage.Rules[nameof(Notify)]);
    }

    [Fact]
    public async Task RunAsync_CleansUpOnlyAfterTheOutcomeIsRecorded_WithItsOwnPatience()
    {
        WorkflowStage stage = Sample.GoodStage();

        await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(Closing, stage.Calls.TakeLast(3));
        Assert.Equal(RetryRule.Stubborn, stage.Rules[nameof(RecordOutcome)]);
        Assert.Equal(RetryRule.Storage, stage.Rules[nameof(InspectDataset)]);
        Assert.Equal(RetryRule.Provider, stage.Rules[nameof(CreateJob)]);
    }

    private static async Task AssertEndsAsync(WorkflowStage stage, RunStatus status, params string[] steps)
    {
        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(Sample.End(status), outcome);
        Assert.Equal([.. steps, .. Closing], stage.Calls);
        Assert.Equal(outcome, stage.InputOf<RecordInput>().Outcome);
        Assert.Equal(FineTuneStep.Done, stage.Progress[^1].Step);
    }
}
