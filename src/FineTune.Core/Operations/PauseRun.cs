using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>
/// Holds a run: until it is resumed it begins nothing that costs money, and its deadlines for an approval and for a job stand still. A job at
/// the provider is asked to pause; a provider that cannot pause it goes on with it, and the run's progress says so.
/// </summary>
public sealed class PauseRun(IRunLedger ledger, IWorkflowClient workflows, TimeProvider time)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    public async Task<RunView> RunAsync(string runId, string by, CancellationToken cancellationToken)
    {
        Pause pause = new(by, time.GetUtcNow());
        _ = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        RunRow row = await ledger.ChangeRunningAsync(runId, row => row with { Paused = row.Paused ?? pause }, cancellationToken);
        if (row.Status is RunStatus.Running)
        {
            await workflows.WakeWaitsAsync(runId, new RunSignal(RunSignalKind.Pause, by), cancellationToken);
        }

        return RunView.Of(row, state: null);
    }
}
