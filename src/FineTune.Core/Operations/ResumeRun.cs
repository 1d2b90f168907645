using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>Lets a paused run go on where it was.</summary>
public sealed class ResumeRun(IRunLedger ledger, IWorkflowClient workflows, TimeProvider time)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    public async Task<RunView> RunAsync(string runId, string by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        _ = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        RunRow row = await ledger.ChangeRunningAsync(runId, row => Resumed(row, now), cancellationToken);
        if (row.Status is RunStatus.Running)
        {
            await workflows.WakeWaitsAsync(runId, new RunSignal(RunSignalKind.Resume, by), cancellationToken);
        }

        return RunView.Of(row, state: null);
    }

    /// <summary>A request for approval has its time left as it was when the run was paused.</summary>
    private static RunRow Resumed(RunRow row, DateTimeOffset now) => row.Paused is not { } pause ? row : row with
    {
        Paused = null,
        ApprovalRequest = row.ApprovalRequest is not { } asked ? null : asked with
        {
            RemindAt = asked.RemindAt + (now - pause.At),
            Deadline = asked.Deadline + (now - pause.At),
        },
    };
}
