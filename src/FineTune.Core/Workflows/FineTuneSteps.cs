using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Workflows;

/// <summary>The steps of <see cref="FineTuneWorkflow"/> that wait for somebody. Each returns the run's end, or null to go on.</summary>
internal static class FineTuneSteps
{
    public static async Task<FineTuneOutcome?> ApproveAsync(this IWorkflowContext context, decimal? price, RunLimits limits)
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

    public static Task<Upload> UploadAsync(
        this IWorkflowContext context, DatasetVersion dataset, string sha256, string fileName, bool isValidation = false)
        => context.CallActivityAsync<Upload>(
            nameof(UploadDataset), new UploadInput(context.InstanceId, dataset, sha256, fileName, isValidation), RetryRule.Provider);

    /// <summary>Past the deadline the job is tried anyway: the provider reports a bad file on the job, too.</summary>
    public static async Task<FineTuneOutcome?> WaitForFileAsync(this IWorkflowContext context, Upload? upload, RunLimits limits)
    {
        DateTime deadline = context.CurrentUtcDateTime + limits.FileDeadline;
        for (TimeSpan pause = limits.PollEvery; upload is not null && context.CurrentUtcDateTime < deadline; pause = limits.Longer(pause))
        {
            FileCheck file = await context.CallActivityAsync<FileCheck>(
                nameof(CheckFile), new CheckFileInput(context.InstanceId, upload.FileId), RetryRule.Provider);
            if (file.End is not null || file.Ready)
            {
                return file.End;
            }

            await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, pause);
        }

        return null;
    }

    /// <summary>Calls again for as long as the activity says "wait": for a lost answer to clear up, a place in the queue, a daily limit.</summary>
    public static async Task<JobCreation> CreateJobAsync(this IWorkflowContext context, CreateJobInput input, RunLimits limits)
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
