using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Sweeping;

/// <summary>
/// Cancels live jobs beside the one that the key's run is about. A minute after each creation the run itself looks for them; what the provider
/// listed later than that is found here.
/// </summary>
public sealed partial class CancelDuplicates(IFineTuningApi api, IRunLedger ledger, ILogger<CancelDuplicates> logger)
{
    /// <returns>The jobs' ids.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(JobCensus census, CancellationToken cancellationToken)
    {
        List<string> cancelled = [];
        foreach (ProviderJob job in census.Live)
        {
            if (await ledger.FindClaimAsync(job.Key!, cancellationToken) is { JobId: { } own } claim && own != job.Id
                && await ledger.FindRunAsync(claim.RunId, cancellationToken) is { Status: RunStatus.Running or RunStatus.Succeeded })
            {
                await api.CancelJobAsync(job.Id, cancellationToken);
                Log.Cancelled(logger, claim.RunId, job.Id, own);
                cancelled.Add(job.Id);
            }
        }

        return cancelled;
    }

    private static partial class Log
    {
        [LoggerMessage(225, LogLevel.Error, "Run {RunId}: cancelled the surplus job {SurplusId}; the run's own is {JobId}. Look why two were created.")]
        public static partial void Cancelled(ILogger logger, string runId, string surplusId, string jobId);
    }
}
