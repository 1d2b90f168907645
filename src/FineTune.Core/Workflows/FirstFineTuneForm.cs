using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Workflows;

/// <summary>
/// The order of steps of runs that were started before there was a line for the provider's jobs. It stays as it is, word for word, for as
/// long as such a run can be under way: a history that does not fit the code any more is parked. See docs/decisions/0005.
/// </summary>
internal static class FirstFineTuneForm
{
    public static async Task<FineTuneOutcome> TrainAsync(IWorkflowContext context, FineTuneInput input)
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
        if ((claim.End ?? await ApproveAsync(context, inspection.PriceHigh, input.Limits)) is { } refused)
        {
            return refused;
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
        JobCreation job = await CreateJobAsync(
            context,
            new CreateJobInput(run, inspection.Key, input.Spec, training.FileId, validation?.FileId),
            input.Limits);
        if (job.End is not null)
        {
            return job.End;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.Training, $"Job {job.JobId} is created"));
        DateTime now = context.CurrentUtcDateTime;
        FollowedJob followed = await context.CallSubWorkflowAsync<FollowedJob>(
            nameof(FollowJobWorkflow), FollowJobWorkflow.IdFor(run),
            new FollowJobInput(run, job.JobId!, input.Limits, now + input.Limits.JobDeadline, input.Limits.PollEvery)
            {
                VerifyAt = now + FollowJobWorkflow.VerifyAfter,
            });
        return followed.End ?? await context.CallActivityAsync<FineTuneOutcome>(
            nameof(CollectResult), new CollectInput(run, job.JobId!), RetryRule.Provider);
    }

    private static async Task<FineTuneOutcome?> ApproveAsync(IWorkflowContext context, decimal? price, RunLimits limits)
    {
        if (limits.ApproveAbove is not { } budget || price <= budget)
        {
            return null;
        }

        string sum = price is null ? "an unknown price" : FormattableString.Invariant($"up to ${price:0.00}");
        context.SetCustomStatus(new FineTuneProgress(
            FineTuneStep.AwaitingApproval, FormattableString.Invariant($"Waiting for approval of {sum}, above the limit of ${budget:0.00}")));
        RunSignal? answer = await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, limits.ApprovalDeadline);
        return answer?.Kind switch
        {
            RunSignalKind.Approve => null,
            RunSignalKind.Cancel => new FineTuneOutcome(RunStatus.Cancelled, $"Cancelled by {answer.By} before anything was uploaded."),
            RunSignalKind.Reject => new FineTuneOutcome(RunStatus.Rejected, $"{answer.By} refused {sum}; nothing was uploaded."),
            _ => new FineTuneOutcome(RunStatus.Rejected, $"Nobody approved {sum} in time; nothing was uploaded. Start it again to ask again."),
        };
    }

    /// <summary>Calls again for as long as the activity says "wait": for a lost answer to clear up, a place in the queue, a daily limit.</summary>
    private static async Task<JobCreation> CreateJobAsync(IWorkflowContext context, CreateJobInput input, RunLimits limits)
    {
        DateTime deadline = context.CurrentUtcDateTime + limits.CreateDeadline;
        while (true)
        {
            JobCreation creation = await context.CallActivityAsync<JobCreation>(nameof(CreateJob), input, RetryRule.Provider);
            if (creation.Wait is not { } wait)
            {
                return creation;
            }

            if (context.CurrentUtcDateTime >= deadline)
            {
                return new JobCreation(new FineTuneOutcome(RunStatus.TimedOut, $"No job could be created in time. {creation.Detail}"));
            }

            context.SetCustomStatus(new FineTuneProgress(FineTuneStep.CreatingJob, creation.Detail ?? "Waiting"));
            await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, wait);
        }
    }
}
