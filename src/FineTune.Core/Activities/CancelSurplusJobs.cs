using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>
/// Makes sure that the run has one job. Should the provider have shown a lost one too late, the surplus is cancelled while it is young,
/// and a job that has trained nothing costs nothing.
/// </summary>
public sealed partial class CancelSurplusJobs(IFineTuningApi api, IRunLedger ledger, ILogger<CancelSurplusJobs> logger)
{
    public async Task<Done> RunAsync(CancelSurplusInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        SpendingClaim? claim = run.Key is null ? null : await ledger.FindClaimAsync(run.Key, cancellationToken);
        if (claim is null || run.TrainingFileId is null)
        {
            return new Done();
        }

        await foreach (ProviderJob job in api.ListOursAsync(claim.Key, run.TrainingFileId, claim.FirstIntentAt, isFiltered: true, cancellationToken))
        {
            if (job.Id != input.JobId && !job.Status.IsFinal)
            {
                await api.CancelJobAsync(job.Id, cancellationToken);
                Log.Cancelled(logger, input.RunId, job.Id, input.JobId);
            }
        }

        return new Done();
    }

    private static partial class Log
    {
        [LoggerMessage(180, LogLevel.Error, "Run {RunId}: cancelled the surplus job {SurplusId}; the run's own is {JobId}. Look why two were created.")]
        public static partial void Cancelled(ILogger logger, string runId, string surplusId, string jobId);
    }
}
