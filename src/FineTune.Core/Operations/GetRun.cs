using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>One run, with where it is right now.</summary>
public sealed class GetRun(IRunLedger ledger, IWorkflowClient workflows)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    public async Task<RunView> RunAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        return RunView.Of(row, row.Status is RunStatus.Running ? await FindStateAsync(runId, cancellationToken) : null);
    }

    /// <summary>While the run waits for a workflow of its own, that one knows more than the run itself.</summary>
    private async Task<WorkflowState?> FindStateAsync(string runId, CancellationToken cancellationToken)
    {
        WorkflowState? run = await workflows.FindStateAsync(runId, cancellationToken);
        string? waitsFor = run?.Progress?.Step switch
        {
            FineTuneStep.AwaitingApproval => ApprovalWorkflow.IdFor(runId),
            FineTuneStep.CreatingJob => CreateJobWorkflow.IdFor(runId),
            FineTuneStep.Training => FollowJobWorkflow.IdFor(runId),
            _ => null,
        };
        return waitsFor is not null && await workflows.FindStateAsync(waitsFor, cancellationToken) is { Progress: not null } deeper ? deeper : run;
    }
}
