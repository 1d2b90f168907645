namespace FineTune.Ports;

/// <summary>Starts workflows by name and id, wakes them, reads how far they are and forgets them.</summary>
public interface IWorkflowClient
{
    /// <summary>False when an instance with this id exists already, in whatever state: that is success for the caller.</summary>
    Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken);

    /// <summary>Delivers an event; one that nobody waits for yet is kept. Silently dropped when there is no such instance.</summary>
    Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken);

    /// <summary>Null when there is no such instance.</summary>
    Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Deletes all that is kept of an instance that is over; without effect on any other.</summary>
    Task ForgetAsync(string instanceId, CancellationToken cancellationToken);
}
