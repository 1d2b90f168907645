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

    /// <summary>While the job trains, its follower knows more than the run itself.</summary>
    private async Task<WorkflowState?> FindStateAsync(string runId, CancellationToken cancellationToken)
    {
        WorkflowState? run = await workflows.FindStateAsync(runId, cancellationToken);
        return run?.Progress is { Step: FineTuneStep.Training }
            ? await workflows.FindStateAsync(FollowJobWorkflow.IdFor(runId), cancellationToken) is { Progress: not null } follower ? follower : run
            : run;
    }
}
