using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Brings home what a finished job left: the model's id, its checkpoints, the metrics file, the tokens it was billed for, or why it failed.</summary>
public sealed partial class CollectResult(IFineTuningApi api, IDatasetStore store, IRunLedger ledger, ILogger<CollectResult> logger)
{
    public async Task<FineTuneOutcome> RunAsync(CollectInput input, CancellationToken cancellationToken)
    {
        ProviderJob job = await api.GetJobAsync(input.JobId, cancellationToken);
        if (!job.Status.IsFinal || (job.Status == JobStatus.Succeeded && job.ModelId is null))
        {
            // It was over before: an answer from yesterday must not be recorded as the end.
            throw new ProviderUnavailableException($"The provider shows job {job.Id} as '{job.Status}' without its result, after it was over. Looking again.");
        }

        if (job.ResultFileIds is [var resultFile, ..])
        {
            await SaveMetricsAsync(input.RunId, resultFile, cancellationToken);
        }

        return new FineTuneOutcome(StatusOf(job), DetailOf(job))
        {
            ModelId = job.ModelId,
            JobId = job.Id,
            TrainedTokens = job.TrainedTokens,
            Checkpoints = await FindCheckpointsAsync(job, cancellationToken),
            ShutdownDate = await FindShutdownDateAsync(job, cancellationToken),
            ErrorCode = job.Error?.Code,
            ErrorParam = job.Error?.Param,
        };
    }

    private async Task<IReadOnlyList<Checkpoint>?> FindCheckpointsAsync(ProviderJob job, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Succeeded)
        {
            return null;
        }

        IReadOnlyList<Checkpoint> checkpoints = await api.ListCheckpointsAsync(job.Id, cancellationToken);
        return checkpoints.Count > 0 ? [.. checkpoints.OrderBy(checkpoint => checkpoint.Step)] : null;
    }

    /// <summary>A new model may take minutes to be listed; then the sweep asks again.</summary>
    private async Task<DateOnly?> FindShutdownDateAsync(ProviderJob job, CancellationToken cancellationToken)
    {
        try
        {
            return job.ModelId is null ? null : (await api.FindModelAsync(job.ModelId, cancellationToken))?.ShutdownDate;
        }
        catch (Exception unknown) when (unknown is ProviderRefusedException or ProviderUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Metrics are worth having, but a model is not lost for want of them.</summary>
    private async Task SaveMetricsAsync(string runId, string fileId, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunRowMissingException(runId);
        try
        {
            ReadOnlyMemory<byte> csv = await api.ReadResultFileAsync(fileId, cancellationToken);
            await store.WriteBesideAsync(run.Dataset.Name, ReportFile.MetricsSuffixFor(runId), csv, cancellationToken);
        }
        catch (ProviderRefusedException refused)
        {
            Log.NoMetrics(logger, runId, fileId, refused.Status);
        }
    }

    private static RunStatus StatusOf(ProviderJob job)
        => job.Status == JobStatus.Succeeded ? RunStatus.Succeeded
            : job.Status == JobStatus.Cancelled ? RunStatus.Cancelled
            : RunStatus.Failed;

    private static string DetailOf(ProviderJob job)
        => job.Status == JobStatus.Succeeded ? $"Model {job.ModelId} is ready."
            : job.Status == JobStatus.Cancelled ? $"Job {job.Id} was cancelled."
            : $"Job {job.Id} failed: {job.Error?.Message ?? "the provider gave no reason."}";

    private static partial class Log
    {
        [LoggerMessage(150, LogLevel.Warning, "Run {RunId}: the result file {FileId} could not be read (HTTP {Status}); going on without it.")]
        public static partial void NoMetrics(ILogger logger, string runId, string fileId, int status);
    }
}
