using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>One look at a job: passes on what a person asked for, stores the events that are new, and says how far it is.</summary>
public sealed partial class ReadJob(IFineTuningApi api, IRunLedger ledger, JobAlarms alarms, ILogger<ReadJob> logger)
{
    public async Task<JobLook> RunAsync(ReadJobInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(input, cancellationToken);
        }
        catch (ProviderUnavailableException unavailable)
        {
            // The job goes on without us. An outage or a lost key, however long, must not end the run and lose its model.
            Log.NoAnswer(logger, input.RunId, input.JobId, unavailable.Message);
            string detail = $"No news of job {input.JobId}: {unavailable.Message}";
            await alarms.RaiseAsync(input, RunAlarm.Unreachable, detail, cancellationToken);
            return new JobLook(
                new JobStatus("unknown"), AwaitsModel: false, HasNews: false, LastEventId: null,
                new FineTuneProgress(FineTuneStep.Training, detail), NoAnswer: true);
        }
    }

    private async Task<JobLook> LookAsync(ReadJobInput input, CancellationToken cancellationToken)
    {
        // The status first: events read after a final status are all there will ever be.
        ProviderJob job = await api.GetJobAsync(input.JobId, cancellationToken);
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        job = job.Status.IsFinal ? job : await PassOnAsync(run, job, cancellationToken);

        // The last look reads them all once more, for one may have been listed late or out of order.
        string? stopAt = job.Status.IsFinal ? null : input.AfterEventId;
        List<RunEvent> events = await ReadEventsAsync(input.JobId, stopAt, cancellationToken);
        await ledger.AddEventsAsync(input.RunId, events, cancellationToken);
        Log.Looked(logger, input.RunId, input.JobId, job.Status.Value, events.Count);

        FineTuneProgress progress = JobProgress.Of(job, events, run.Paused);
        bool isSilent = events.Count == 0 && input.Silence is not null && job.Status is { IsFinal: false, IsPaused: false };
        if (isSilent)
        {
            progress = progress with { Detail = $"{progress.Detail}; the provider has told nothing new for {input.Silence:d\\.hh\\:mm}" };
            await alarms.RaiseAsync(input, RunAlarm.Stalled, progress.Detail, cancellationToken);
        }
        else
        {
            await alarms.ClearAsync(run, cancellationToken);
        }

        bool awaitsModel = job.Status == JobStatus.Succeeded && job.ModelId is null;
        return new JobLook(job.Status, awaitsModel, events.Count > 0, events.LastOrDefault()?.Id, progress);
    }

    /// <summary>What a person asked for; whether the provider does it, its answer tells.</summary>
    private async Task<ProviderJob> PassOnAsync(RunRow run, ProviderJob job, CancellationToken cancellationToken)
    {
        bool isPaused = run.Paused is not null;
        if (run.CancelRequested)
        {
            job = await api.CancelJobAsync(job.Id, cancellationToken);
            Log.CancelAsked(logger, run.RunId, job.Id, job.Status.Value);
        }
        else if (isPaused != run.JobPauseAsked)
        {
            job = isPaused ? await api.PauseJobAsync(job.Id, cancellationToken) : await api.ResumeJobAsync(job.Id, cancellationToken);
            await ledger.ChangeRunningAsync(run.RunId, row => row with { JobPauseAsked = isPaused }, cancellationToken);
            Log.PauseAsked(logger, run.RunId, isPaused ? "pause" : "resume", job.Id, job.Status.Value);
        }

        return job;
    }

    /// <summary>Oldest first, each once, down to the event that was the newest one at the look before.</summary>
    private async Task<List<RunEvent>> ReadEventsAsync(string jobId, string? stopAt, CancellationToken cancellationToken)
    {
        List<RunEvent> newestFirst = [];
        HashSet<string> seen = [];
        string? after = null;
        bool more;
        do
        {
            EventPage page = await api.ReadEventsAsync(jobId, after, cancellationToken);
            RunEvent[] told = [.. page.Events.TakeWhile(told => told.Id != stopAt)];
            RunEvent[] added = [.. told.Where(told => seen.Add(told.Id))];
            newestFirst.AddRange(added);

            // A page that adds none is the last one, too: a server that does not know 'after' would be asked for ever.
            more = page.HasMore && told.Length == page.Events.Count && added.Length > 0;
            after = told.LastOrDefault()?.Id;
        }
        while (more);

        newestFirst.Reverse();
        return newestFirst;
    }

    private static partial class Log
    {
        [LoggerMessage(142, LogLevel.Warning, "Run {RunId}: the provider did not tell about job {JobId}: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string runId, string jobId, string reason);

        [LoggerMessage(143, LogLevel.Information, "Run {RunId}: asked the provider to {What} job {JobId}, which is now {Status}.")]
        public static partial void PauseAsked(ILogger logger, string runId, string what, string jobId, string status);

        [LoggerMessage(140, LogLevel.Debug, "Run {RunId}: job {JobId} is {Status}; {Count} new events.")]
        public static partial void Looked(ILogger logger, string runId, string jobId, string status, int count);

        [LoggerMessage(141, LogLevel.Information, "Run {RunId}: asked the provider to cancel job {JobId}, which is now {Status}.")]
        public static partial void CancelAsked(ILogger logger, string runId, string jobId, string status);
    }
}
