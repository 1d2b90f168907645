using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>Asks a run to stop at the next safe place. Whether it was in time, the provider decides.</summary>
public sealed class CancelRun(IRunLedger ledger, IWorkflowClient workflows)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    public async Task<RunView> RunAsync(string runId, string by, CancellationToken cancellationToken)
    {
        _ = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        RunRow row = await ledger.ChangeRunningAsync(runId, row => row with { CancelRequested = true }, cancellationToken);
        if (row.Status is RunStatus.Running)
        {
            // The row is the truth; the signal only shortens the wait of whoever is asleep, the run, a wait of it or its follower.
            await workflows.WakeAsync(runId, new RunSignal(RunSignalKind.Cancel, by), cancellationToken);
        }

        return RunView.Of(row, state: null);
    }
}
