using FineTune.Activities;
using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Workflows;

/// <summary>
/// The steps of <see cref="FineTuneWorkflow"/> that wait for somebody, and those after its end. A wait that can be long is a workflow of its own,
/// with a history that stays short.
/// </summary>
internal static partial class FineTuneSteps
{
    public static async Task<SpendingApproval> ApproveAsync(this IWorkflowContext context, ApproveInput input)
    {
        SpendingApproval answer = await context.CallActivityAsync<SpendingApproval>(nameof(ApproveSpending), input, RetryRule.Storage);
        if (answer.Wait is null)
        {
            return answer;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.AwaitingApproval, answer.Detail ?? "Waiting"));
        return await context.CallSubWorkflowAsync<SpendingApproval>(nameof(ApprovalWorkflow), ApprovalWorkflow.IdFor(input.RunId), input);
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

    /// <summary>Mostly there is a job at once.</summary>
    public static async Task<JobCreation> CreateJobAsync(this IWorkflowContext context, CreateJobInput input, RunLimits limits)
    {
        JobCreation creation = await context.CallActivityAsync<JobCreation>(nameof(CreateJob), input, RetryRule.Provider);
        if (creation.Wait is null)
        {
            return creation;
        }

        context.SetCustomStatus(new FineTuneProgress(FineTuneStep.CreatingJob, creation.Detail ?? "Waiting"));
        return await context.CallSubWorkflowAsync<JobCreation>(
            nameof(CreateJobWorkflow), CreateJobWorkflow.IdFor(input.RunId),
            new AwaitJobInput(input, context.CurrentUtcDateTime + limits.CreateDeadline, creation));
    }

    /// <summary>Files that stay at the provider are left to the sweep.</summary>
    public static Task CleanUpAsync(this IWorkflowContext context)
        => context.TryAsync(nameof(CleanUp), new CleanUpInput(context.InstanceId), RetryRule.Provider);

    public static Task NotifyAsync(this IWorkflowContext context, RunLimits limits) => limits.Notifies is true
        ? context.TryAsync(nameof(Notify), new NotifyInput(context.InstanceId), RetryRule.Webhook)
        : Task.CompletedTask;

    /// <summary>The end is recorded: nothing that comes of this can change it, or keep the next step from being taken.</summary>
    private static async Task TryAsync(this IWorkflowContext context, string activity, object input, RetryRule retry)
    {
        try
        {
            await context.CallActivityAsync<Done>(activity, input, retry);
        }
        catch (ActivityFailedException failure)
        {
            Log.GivenUp(context.Logger, context.InstanceId, activity, failure.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(223, LogLevel.Warning, "Run {RunId} is over, but {Activity} was given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, string runId, string activity, string reason);
    }
}
