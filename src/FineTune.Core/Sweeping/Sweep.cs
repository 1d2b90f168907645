using FineTune.Ports;
using Microsoft.Extensions.Logging;

namespace FineTune.Sweeping;

/// <summary>What a sweep did.</summary>
/// <param name="Recovered">Runs that were written again from the provider's list of jobs.</param>
/// <param name="Cancelled">Jobs beside the one that a run is about.</param>
/// <param name="Started">Runs of datasets that no event had announced, or whose workflow was lost.</param>
/// <param name="DeletedFiles">Files at the provider that no job needs any more.</param>
/// <param name="Forgotten">Runs that were older than runs are kept.</param>
/// <param name="Warnings">Shutdowns of models that are near.</param>
public sealed record SweepReport(
    IReadOnlyList<string> Recovered, IReadOnlyList<string> Cancelled, IReadOnlyList<string> Started, IReadOnlyList<string> DeletedFiles,
    IReadOnlyList<string> Forgotten, IReadOnlyList<string> Warnings);

/// <summary>
/// Puts right what events, crashes and lost storage have left behind; a person or a timer asks for it, as often as one likes. It costs a page of
/// the provider's job list for each hundred jobs.
/// </summary>
public sealed partial class Sweep(
    TakeJobCensus takeCensus, RecoverJobs recoverJobs, CancelDuplicates cancelDuplicates, StartMissedDatasets startMissed, DeleteOrphanFiles deleteOrphans, ForgetOldRuns forgetOldRuns,
    CheckShutdowns checkShutdowns, ILogger<Sweep> logger)
{
    /// <exception cref="ProviderUnavailableException">Nothing was started: without the list of jobs, nobody knows what is paid for.</exception>
    public async Task<SweepReport> RunAsync(CancellationToken cancellationToken)
    {
        // In this order: a dataset whose job is found again must not be taken for one that never ran.
        JobCensus census = await takeCensus.RunAsync(cancellationToken);
        SweepReport report = new(
            await recoverJobs.RunAsync(census, cancellationToken),
            await cancelDuplicates.RunAsync(census, cancellationToken),
            await startMissed.RunAsync(cancellationToken),
            await deleteOrphans.RunAsync(census, cancellationToken),
            await forgetOldRuns.RunAsync(cancellationToken),
            await checkShutdowns.RunAsync(cancellationToken));
        Log.Swept(logger, report.Recovered.Count, report.Cancelled.Count, report.Started.Count, report.DeletedFiles.Count, report.Forgotten.Count, report.Warnings.Count);
        return report;
    }

    private static partial class Log
    {
        [LoggerMessage(219, LogLevel.Information, "Swept: {Recovered} runs recovered, {Cancelled} surplus jobs cancelled, {Started} started, {Deleted} files deleted, {Forgotten} runs forgotten, {Warnings} warnings.")]
        public static partial void Swept(ILogger logger, int recovered, int cancelled, int started, int deleted, int forgotten, int warnings);
    }
}
