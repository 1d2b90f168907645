using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Workflows;

/// <summary>Looks at one job, ever more rarely while there is no news, until the provider is done with it or the deadline passes.</summary>
public static class FollowJobWorkflow
{
    private const int LooksPerGeneration = 50;

    /// <summary>A job of ours that was lost has long appeared in the provider's list by then, and has hardly begun to cost.</summary>
    public static readonly TimeSpan VerifyAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ModelGrace = TimeSpan.FromMinutes(10);

    /// <summary>Derived from the run's id, so that whoever knows the run can wake its follower.</summary>
    public static string IdFor(string runId) => $"{runId}-job";

    public static async Task<FollowedJob> RunAsync(IWorkflowContext context, FollowJobInput input)
    {
        for (int look = 0; look < LooksPerGeneration; look++)
        {
            JobLook job = await context.CallActivityAsync<JobLook>(
                nameof(ReadJob), new ReadJobInput(input.RunId, input.JobId, input.AfterEventId, input.SilenceAt(context.CurrentUtcDateTime)), RetryRule.Provider);
            FineTuneProgress progress = job.Progress.Over(input.Progress);
            context.SetCustomStatus(progress);

            if (input.VerifyAt is { } due && (job.Status.IsFinal || context.CurrentUtcDateTime >= due))
            {
                await context.CallActivityAsync<Done>(
                    nameof(CancelSurplusJobs), new CancelSurplusInput(input.RunId, input.JobId), RetryRule.Provider);
                input = input with { VerifyAt = null };
            }

            if (job.Status.IsFinal && !job.AwaitsModel)
            {
                return new FollowedJob(End: null);
            }

            if (context.CurrentUtcDateTime >= input.Deadline)
            {
                return new FollowedJob(Overdue(input, job));
            }

            DateTime before = context.CurrentUtcDateTime;
            input = input.After(job, before) with
            {
                Progress = progress,
                AfterEventId = job.LastEventId ?? input.AfterEventId,
                Pause = job.HasNews ? input.Limits.PollEvery : input.Limits.Longer(input.Pause),
                Deadline = job.AwaitsModel ? Earlier(input.Deadline, context.CurrentUtcDateTime + ModelGrace) : input.Deadline,
            };
            await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, input.Pause);
            TimeSpan held = job.Status.IsPaused ? context.CurrentUtcDateTime - before : TimeSpan.Zero;
            input = input with { Deadline = input.Deadline + held };
        }

        context.ContinueAsNew(input);
        return new FollowedJob(End: null); // discarded: the next generation returns the real end
    }

    private static FineTuneOutcome Overdue(FollowJobInput input, JobLook job) => job.AwaitsModel
        ? new(RunStatus.NeedsAttention, $"Job {input.JobId} succeeded but names no model. Look at it in the provider's dashboard.") { JobId = input.JobId }
        : new(RunStatus.TimedOut, $"Job {input.JobId} is still '{job.Status}' at its deadline. It was not cancelled.") { JobId = input.JobId };

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
