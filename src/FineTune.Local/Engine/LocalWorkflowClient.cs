using FineTune.Ports;

namespace FineTune.Local.Engine;

/// <summary>The engine of this process, as the product asks it. Cancelling ends the waiting for an answer, not the request.</summary>
internal sealed class LocalWorkflowClient(WorkflowEngine engine) : IWorkflowClient
{
    public Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken)
        => engine.TryLaunchAsync(workflow, instanceId, input).WaitAsync(cancellationToken);

    public Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
        => engine.RaiseEventAsync(instanceId, name, payload).WaitAsync(cancellationToken);

    public Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken)
        => Task.FromResult(engine.Reader.Find(instanceId)?.ToState());

    public Task ForgetAsync(string instanceId, CancellationToken cancellationToken)
        => engine.ForgetAsync(instanceId).WaitAsync(cancellationToken);
}
