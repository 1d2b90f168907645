using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>A person's answer to a run that waits for approval of its price.</summary>
/// <param name="By">Who decided.</param>
public sealed record Decision(bool Approved, string By);

/// <summary>Approves or rejects the price of a run.</summary>
public sealed class DecideRun(IRunLedger ledger, IWorkflowClient workflows)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    /// <exception cref="InvalidRequestException">It does not wait for approval.</exception>
    public async Task<RunView> RunAsync(string runId, Decision decision, CancellationToken cancellationToken)
    {
        RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        WorkflowState? state = await workflows.FindStateAsync(runId, cancellationToken);
        FineTuneStep? step = row.Status is RunStatus.Running ? state?.Progress?.Step : null;
        if (step is not FineTuneStep.AwaitingApproval)
        {
            throw new InvalidRequestException($"Run {runId} does not wait for approval: it is {step?.ToString() ?? row.Status.ToString()}.");
        }

        RunSignal signal = new(decision.Approved ? RunSignalKind.Approve : RunSignalKind.Reject, decision.By);
        await workflows.RaiseEventAsync(runId, RunSignal.EventName, signal, cancellationToken);
        return RunView.Of(row, state);
    }
}
