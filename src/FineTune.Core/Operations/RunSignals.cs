using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>Wakes whoever of a run is asleep. What is to be done then stands in the run's row; a lost signal only makes the wait longer.</summary>
internal static class RunSignals
{
    /// <summary>The waits and the follower, which are workflows of their own.</summary>
    public static async Task WakeWaitsAsync(this IWorkflowClient workflows, string runId, RunSignal signal, CancellationToken cancellationToken)
    {
        foreach (string instanceId in RunInstances.WaitsOf(runId))
        {
            await workflows.RaiseEventAsync(instanceId, RunSignal.EventName, signal, cancellationToken);
        }
    }

    /// <summary>The run itself, too.</summary>
    public static async Task WakeAsync(this IWorkflowClient workflows, string runId, RunSignal signal, CancellationToken cancellationToken)
    {
        await workflows.RaiseEventAsync(runId, RunSignal.EventName, signal, cancellationToken);
        await workflows.WakeWaitsAsync(runId, signal, cancellationToken);
    }
}
