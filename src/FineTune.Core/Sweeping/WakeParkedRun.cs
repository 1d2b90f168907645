using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Sweeping;

/// <summary>
/// Wakes a run that another build has parked. The event that came then is in its history, and used up: without one more, an engine that waits for
/// events would never ask whether this build agrees.
/// </summary>
public sealed partial class WakeParkedRun(IWorkflowClient workflows, ILogger<WakeParkedRun> logger)
{
    /// <summary>Once for each build: what this one has parked itself stays as it is.</summary>
    public async Task RunAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (string instanceId in RunInstances.AllOf(runId))
        {
            if (await workflows.FindStateAsync(instanceId, cancellationToken) is { Status: WorkflowStatus.Parked, Progress.ParkedBy: { } build }
                && build != WorkflowBuild.Id)
            {
                await workflows.RaiseEventAsync(instanceId, RunSignal.EventName, new RunSignal(RunSignalKind.Wake, "a new build"), cancellationToken);
                Log.Woken(logger, runId, instanceId, build);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(226, LogLevel.Information, "Run {RunId}: its workflow {InstanceId}, parked by build {ParkedBy}, is asked to go on with this one.")]
        public static partial void Woken(ILogger logger, string runId, string instanceId, string parkedBy);
    }
}
