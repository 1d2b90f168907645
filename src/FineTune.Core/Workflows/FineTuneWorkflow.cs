using FineTune.Activities;

namespace FineTune.Workflows;

/// <summary>Takes one dataset to one model: inspect, claim, approve, upload, wait, create, follow, collect, record, clean up.</summary>
public static class FineTuneWorkflow
{
    public static async Task<FineTuneOutcome> RunAsync(IWorkflowContext context, FineTuneInput input)
    {
        FineTuneOutcome outcome;
        try
        {
            outcome = input.JobId is null ? await TrainAsync(context, input) : await FollowAsync(context, input.JobId, input.Limits);
        }
        catch (ActivityFailedException failure)
        {
            outcome = FineTuneOutcome.Of(failure);
        }

        await context.CallActivityAsync<Done>(nameof(RecordOutcome), new RecordInput(context.InstanceId, outcome), RetryRule.Stubborn);
        await context.CallActivityAsync<Done>(nameof(SettleSpending), new SettleInput(context.InstanceId), RetryRule.Stubborn);
        await context.CleanUpAsync();
        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Done, outcome.Detail));
        await context.NotifyAsync(input.Limits);
        return outcome;
    }

    private static async Task<FineTuneOutcome> TrainAsync(IWorkflowContext context, FineTuneInput input)
    {
        string run = context.InstanceId;

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Inspecting, $"Reading {input.Dataset.Name}"));
        Inspection inspection = await context.CallActivityAsync<Inspection>(
            nameof(InspectDataset), new InspectInput(run, input.Dataset, input.Validation, input.Spec), RetryRule.Storage);
        if (inspection.End is not null)
        {
            return inspection.End;
        }

        Claim claim = await context.CallActivityAsync<Claim>(nameof(ClaimKey), new ClaimInput(run, inspection.Key), RetryRule.Storage);
        SpendingApproval approval = claim.End is not null ? new SpendingApproval(claim.End)
            : await context.ApproveAsync(new ApproveInput(run, inspection.Key, inspection.PriceHigh, inspection.EpochsHigh, input.Limits));
        if (approval.End is not null)
        {
            return approval.End;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Uploading, $"Uploading {input.Dataset.Length:N0} bytes"));
        Upload training = await context.UploadAsync(input.Dataset, inspection.Sha256, UploadName.Training(inspection.Key));
        Upload? validation = training.End is not null || input.Validation is null ? null
            : await context.UploadAsync(input.Validation, inspection.ValidationSha256!, UploadName.Validation(inspection.Key), isValidation: true);
        if ((training.End ?? validation?.End) is { } unreadable)
        {
            return unreadable;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.WaitingForFiles, "The provider is processing the file"));
        if ((await context.WaitForFileAsync(training, input.Limits)
            ?? await context.WaitForFileAsync(validation, input.Limits)) is { } unusable)
        {
            return unusable;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.CreatingJob, $"Asking for a job on {input.Spec.Model}"));
        JobCreation job = await context.CreateJobAsync(
            new CreateJobInput(run, inspection.Key, input.Spec.WithEpochs(approval.Epochs), training.FileId, validation?.FileId),
            input.Limits);
        if (job.End is not null)
        {
            return job.End;
        }

        return await FollowAsync(context, job.JobId!, input.Limits);
    }

    private static async Task<FineTuneOutcome> FollowAsync(IWorkflowContext context, string jobId, RunLimits limits)
    {
        string run = context.InstanceId;
        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Training, $"Job {jobId} is created"));
        DateTime now = context.CurrentUtcDateTime;
        FollowedJob followed = await context.CallSubWorkflowAsync<FollowedJob>(
            nameof(FollowJobWorkflow), FollowJobWorkflow.IdFor(run),
            new FollowJobInput(run, jobId, limits, now + limits.JobDeadline, limits.PollEvery)
            {
                VerifyAt = now + FollowJobWorkflow.VerifyAfter,
            });
        return followed.End ?? await CollectAsync(context, jobId);
    }

    /// <summary>A job that is over will not say more next week than it does within a day: then a person, or a later sweep, has to look.</summary>
    private static async Task<FineTuneOutcome> CollectAsync(IWorkflowContext context, string jobId)
    {
        try
        {
            return await context.CallActivityAsync<FineTuneOutcome>(
                nameof(CollectResult), new CollectInput(context.InstanceId, jobId), RetryRule.Provider);
        }
        catch (ActivityFailedException failure)
        {
            return FineTuneOutcome.Of(failure) with
            {
                JobId = jobId,
                Detail = $"Job {jobId} is over, but its result could not be fetched, and it may have left a model: {failure.Reason} "
                    + "Look at the job in the provider's dashboard; a sweep fetches the model once the provider names it.",
            };
        }
    }
}
