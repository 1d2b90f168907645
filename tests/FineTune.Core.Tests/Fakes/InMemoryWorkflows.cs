using FineTune.Ports;

namespace FineTune.Core.Tests.Fakes;

/// <summary>Remembers what was started and raised; runs nothing.</summary>
internal sealed class InMemoryWorkflows : IWorkflowClient
{
    public Dictionary<string, (string Workflow, object Input)> Started { get; } = [];

    public List<(string InstanceId, string Name, object Payload)> Raised { get; } = [];

    public Dictionary<string, WorkflowState> States { get; } = [];

    /// <summary>Called before each look at a state: what happens to the workflow just then.</summary>
    public Action? BeforeLook { get; set; }

    public Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken)
        => Task.FromResult(Started.TryAdd(instanceId, (workflow, input)));

    public Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
    {
        Raised.Add((instanceId, name, payload));
        return Task.CompletedTask;
    }

    public Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken)
    {
        BeforeLook?.Invoke();
        return Task.FromResult(States.GetValueOrDefault(instanceId));
    }

    public Task ForgetAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (States.GetValueOrDefault(instanceId) is { Status: WorkflowStatus.Completed or WorkflowStatus.Failed })
        {
            States.Remove(instanceId);
        }

        return Task.CompletedTask;
    }
}
