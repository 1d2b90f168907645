using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Sweeping;

/// <summary>
/// Starts what should be running: datasets that no event announced, and runs whose workflow was lost before there was a job. A run that another
/// build parked is woken, and one whose workflow is over without a word of how it ended is closed: nobody else would.
/// </summary>
public sealed partial class StartMissedDatasets(
    IDatasetStore store, IRunLedger ledger, IWorkflowClient workflows, StartRun startRun, CloseRun closeRun, WakeParkedRun wakeParked, TimeProvider time,
    IOptions<FineTuneOptions> options, ILogger<StartMissedDatasets> logger)
{
    /// <returns>The runs that were started.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        List<string> started = [];
        List<RunRow> settled = [];
        HashSet<(string Name, string ETag)> known = [];
        await foreach (RunRow run in ledger.ListRunsAsync(cancellationToken))
        {
            known.Add((run.Dataset.Name, run.Dataset.ETag));
            if (run.Status is RunStatus.Running && run.CreatedAt < Settled)
            {
                settled.Add(run);
            }
        }

        foreach (RunRow run in settled)
        {
            if (await GoOnAsync(run, cancellationToken) is { } runId)
            {
                Log.StartedAgain(logger, runId);
                started.Add(runId);
            }
        }

        await foreach (DatasetVersion dataset in store.ListAsync(cancellationToken))
        {
            if (!known.Contains((dataset.Name, dataset.ETag)) && IsDue(dataset)
                && await TryAsync(() => startRun.OnDroppedAsync(dataset, cancellationToken)) is { } runId)
            {
                Log.Started(logger, runId);
                started.Add(runId);
            }
        }

        return started;
    }

    /// <summary>The run's id where it had to be started again.</summary>
    private async Task<string?> GoOnAsync(RunRow run, CancellationToken cancellationToken)
    {
        WorkflowState? state = await workflows.FindStateAsync(run.RunId, cancellationToken);
        if (state is null)
        {
            return await TryAsync(() => startRun.AgainAsync(run, cancellationToken));
        }

        if (state.Status is WorkflowStatus.Completed or WorkflowStatus.Failed)
        {
            await closeRun.RunAsync(run.RunId, WhyClosed(run, state), cancellationToken);
        }
        else
        {
            await wakeParked.RunAsync(run.RunId, cancellationToken);
        }

        return null;
    }

    /// <summary>A job that the provider lists has been given another run by now.</summary>
    private static string WhyClosed(RunRow run, WorkflowState state)
    {
        string why = state.Status is WorkflowStatus.Failed ? $"Its workflow broke off ({state.Failure ?? "without a word"})."
            : "Its workflow is over, but how it ended was lost with the ledger.";
        return run.JobId is null ? $"{why} Start the dataset again." : $"{why} Nor does the provider list its job {run.JobId}: look for it there.";
    }

    /// <summary>Before that, whoever should have started it has had the time to.</summary>
    private DateTimeOffset Settled => time.GetUtcNow() - options.Value.StartMissedAfter;

    /// <summary>Neither so new that its event may be on its way, nor so old that its run may have been forgotten.</summary>
    private bool IsDue(DatasetVersion dataset)
        => dataset.LastModified is not { } modified
            || (modified <= Settled && !(modified < time.GetUtcNow() - options.Value.Retention));

    private async Task<string?> TryAsync(Func<Task<StartedRun>> start)
    {
        try
        {
            return (await start()).Run.RunId;
        }
        catch (PermanentFailureException refused)
        {
            Log.Refused(logger, refused.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(212, LogLevel.Warning, "Run {RunId}: started by the sweep, for no event had announced its dataset.")]
        public static partial void Started(ILogger logger, string runId);

        [LoggerMessage(213, LogLevel.Warning, "Run {RunId}: started again by the sweep, for its workflow was lost.")]
        public static partial void StartedAgain(ILogger logger, string runId);

        [LoggerMessage(214, LogLevel.Error, "A dataset that should have a run starts none: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
