using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>One look at a job: passes a cancellation on, stores the events that are new, and says how far it is.</summary>
public sealed partial class ReadJob(IFineTuningApi api, IRunLedger ledger, ILogger<ReadJob> logger)
{
    public async Task<JobLook> RunAsync(ReadJobInput input, CancellationToken cancellationToken)
    {
        // The status first: events read after a final status are all there will ever be.
        ProviderJob job = await api.GetJobAsync(input.JobId, cancellationToken);
        if (!job.Status.IsFinal && await IsCancelRequestedAsync(input.RunId, cancellationToken))
        {
            job = await api.CancelJobAsync(input.JobId, cancellationToken);
            Log.CancelAsked(logger, input.RunId, input.JobId, job.Status.Value);
        }

        // The last look reads them all once more, for one may have been listed late or out of order.
        string? stopAt = job.Status.IsFinal ? null : input.AfterEventId;
        List<RunEvent> events = await ReadEventsAsync(input.JobId, stopAt, cancellationToken);
        await ledger.AddEventsAsync(input.RunId, events, cancellationToken);
        Log.Looked(logger, input.RunId, input.JobId, job.Status.Value, events.Count);

        bool awaitsModel = job.Status == JobStatus.Succeeded && job.ModelId is null;
        return new JobLook(job.Status, awaitsModel, events.Count > 0, events.LastOrDefault()?.Id, JobProgress.Of(job, events));
    }

    private async Task<bool> IsCancelRequestedAsync(string runId, CancellationToken cancellationToken)
        => await ledger.FindRunAsync(runId, cancellationToken) is { CancelRequested: true };

    /// <summary>Oldest first, each once, down to the event that was the newest one at the look before.</summary>
    private async Task<List<RunEvent>> ReadEventsAsync(string jobId, string? stopAt, CancellationToken cancellationToken)
    {
        List<RunEvent> newestFirst = [];
        HashSet<string> seen = [];
        EventPage page;
        string? after = null;
        do
        {
            page = await api.ReadEventsAsync(jobId, after, cancellationToken);
            foreach (RunEvent read in page.Events)
            {
                if (read.Id == stopAt)
                {
                    page = page with { HasMore = false };
                    break;
                }

                if (seen.Add(read.Id))
                {
                    newestFirst.Add(read);
                }
            }

            after = page.Events.Count > 0 ? page.Events[^1].Id : null;
        }
        while (page.HasMore && after is not null);

        newestFirst.Reverse();
        return newestFirst;
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Debug, "Run {RunId}: job {JobId} is {Status}; {Count} new events.")]
        public static partial void Looked(ILogger logger, string runId, string jobId, string status, int count);

        [LoggerMessage(141, LogLevel.Information, "Run {RunId}: asked the provider to cancel job {JobId}, which is now {Status}.")]
        public static partial void CancelAsked(ILogger logger, string runId, string jobId, string status);
    }
}
