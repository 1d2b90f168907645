using System.Text.Json.Serialization;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>A person's answer to a run that waits for approval of its price.</summary>
/// <param name="By">Who decided.</param>
/// <param name="Key">The hash of content and spec that was looked at; the answer counts only for a run that has this one. Null takes the run's own.</param>
public sealed record Decision([property: JsonRequired] bool Approved, string By = "an HTTP request", string? Key = null);

/// <summary>Approves or rejects the price of a run.</summary>
public sealed class DecideRun(IRunLedger ledger, IWorkflowClient workflows, TimeProvider time)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    /// <exception cref="InvalidRequestException">It does not wait for approval, or its content and spec are others.</exception>
    public async Task<RunView> RunAsync(string runId, Decision decision, CancellationToken cancellationToken)
    {
        RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        WorkflowState? state = await workflows.FindStateAsync(runId, cancellationToken);
        if (decision.Key is not null && decision.Key != row.Key)
        {
            throw new InvalidRequestException(
                $"The decision is about content and settings {decision.Key}, but run {runId} has {row.Key ?? "not been read yet"}. Look at the run again, then decide.");
        }

        if (!row.AwaitsApproval)
        {
            throw new InvalidRequestException(
                $"Run {runId} does not wait for approval: it is {(row.Status is RunStatus.Running ? state?.Progress?.Step.ToString() : null) ?? row.Status.ToString()}.");
        }

        // The row is the truth; the signal only wakes the run.
        row = await ledger.ChangeRunningAsync(runId, waiting => Decided(waiting, decision, time.GetUtcNow()), cancellationToken);
        RunSignal signal = new(decision.Approved ? RunSignalKind.Approve : RunSignalKind.Reject, decision.By);
        await workflows.WakeAsync(runId, signal, cancellationToken);
        return RunView.Of(row, state);
    }

    private static RunRow Decided(RunRow row, Decision decision, DateTimeOffset now)
        => row is { AwaitsApproval: true, Key: not null, ApprovalRequest: { } asked }
            ? row with { Approval = new ApprovalDecision(decision.Approved, decision.By, now, row.Key, asked.AskedAt), UpdatedAt = now }
            : row;
}
