using DurableTask.Core.Exceptions;
using FineTune.Ports;
using FineTune.Workflows;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FineTune.Functions.Durable;

/// <summary>The engine as the product asks it. The host gives out a client with each invocation; <see cref="DurableClientBinding"/> brings it here.</summary>
internal sealed class DurableWorkflowClient : IWorkflowClient
{
    private DurableTaskClient? _client;

    private DurableTaskClient Client => _client
        ?? throw new InvalidOperationException("This function starts or asks workflows, but has no [DurableClient] parameter. Add one.");

    public void Use(DurableTaskClient client) => _client = client;

    /// <summary>
    /// Whatever state an instance of this id is in, a second start must not replace it. A host refuses only while it is under way, whatever the
    /// options ask for; so this looks first.
    /// </summary>
    public async Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken)
    {
        if (await Client.GetInstanceAsync(instanceId, cancellationToken) is not null)
        {
            return false;
        }

        StartOrchestrationOptions options = new StartOrchestrationOptions(instanceId)
            .WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(workflow, input, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>The host refuses an event for an instance that is over or was never there; for our callers that is no error.</summary>
    public async Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
    {
        try
        {
            await Client.RaiseEventAsync(instanceId, name, payload, cancellationToken);
        }
        catch (RpcException)
        {
            if (await Client.GetInstanceAsync(instanceId, cancellationToken) is { IsRunning: true })
            {
                throw;
            }
        }
    }

    public async Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken)
    {
        // Inputs and outputs are asked for because the custom status comes only together with them.
        OrchestrationMetadata? found = await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        return found is null ? null : StateOf(found, ProgressOf(found));
    }

    private static WorkflowState StateOf(OrchestrationMetadata found, FineTuneProgress? progress)
        => found.IsRunning && progress?.Parked is { } reason
            ? new WorkflowState(found.InstanceId, WorkflowStatus.Parked, progress, reason)
            : new WorkflowState(found.InstanceId, StatusOf(found.RuntimeStatus), progress, found.FailureDetails?.ErrorMessage);

    /// <summary>Looks first: not every storage of the engine keeps what is still under way.</summary>
    public async Task ForgetAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await FindStateAsync(instanceId, cancellationToken) is { Status: WorkflowStatus.Completed or WorkflowStatus.Failed })
        {
            await Client.PurgeInstanceAsync(instanceId, cancellationToken);
        }
    }

    private static FineTuneProgress? ProgressOf(OrchestrationMetadata found)
        => found.SerializedCustomStatus is null ? null : found.ReadCustomStatusAs<FineTuneProgress>();

    private static WorkflowStatus StatusOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Completed => WorkflowStatus.Completed,
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => WorkflowStatus.Failed,
        OrchestrationRuntimeStatus.Suspended => WorkflowStatus.Parked,
        _ => WorkflowStatus.Running,
    };
}
