using FineTune.Activities;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Sweeping;

/// <summary>
/// Deletes rows, events, reports, metrics, graders and workflows of runs that ended longer ago than they are to be kept. Claims stay, for they prevent
/// a second purchase and hold hashes only; so do models, which answer for as long as the provider lets them.
/// </summary>
public sealed partial class ForgetOldRuns(
    IRunLedger ledger, IDatasetStore store, IWorkflowClient workflows, TimeProvider time, IOptions<FineTuneOptions> options, ILogger<ForgetOldRuns> logger)
{
    /// <returns>The runs' ids.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        List<string> forgotten = [];
        DateTimeOffset? limit = time.GetUtcNow() - options.Value.Retention;
        List<RunRow> old = limit is null ? []
            : await ledger.ListRunsAsync(cancellationToken)
                .Where(run => run.Status is not RunStatus.Running && run.UpdatedAt < limit).ToListAsync(cancellationToken);
        foreach (RunRow run in old)
        {
            // Files may still be cleaned up, or the end be told to somebody who does not listen.
            if (await workflows.FindStateAsync(run.RunId, cancellationToken) is not { Status: WorkflowStatus.Running or WorkflowStatus.Parked })
            {
                await ForgetAsync(run, cancellationToken);
                forgotten.Add(run.RunId);
            }
        }

        return forgotten;
    }

    /// <summary>The row last: once it is gone, nobody knows of the rest.</summary>
    private async Task ForgetAsync(RunRow run, CancellationToken cancellationToken)
    {
        await store.DeleteBesideAsync(run.Dataset.Name, ReportFile.SuffixFor(run.RunId), cancellationToken);
        await store.DeleteBesideAsync(run.Dataset.Name, ReportFile.MetricsSuffixFor(run.RunId), cancellationToken);
        await store.DeleteBesideAsync(run.Dataset.Name, GraderFile.SuffixFor(run.RunId), cancellationToken);
        foreach (string instanceId in RunInstances.AllOf(run.RunId))
        {
            await workflows.ForgetAsync(instanceId, cancellationToken);
        }

        await ledger.DeleteRunAsync(run.RunId, cancellationToken);
        Log.Forgotten(logger, run.RunId);
    }

    private static partial class Log
    {
        [LoggerMessage(217, LogLevel.Information, "Run {RunId} is forgotten: it ended longer ago than runs are kept.")]
        public static partial void Forgotten(ILogger logger, string runId);
    }
}
