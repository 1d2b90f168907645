using System.Text.Json;
using FineTune.Hosting;
using FineTune.Local.Engine.Journaling;
using FineTune.Ports;

namespace FineTune.Local.Hosting;

/// <summary>Reads the journal and leaves signals in it, whether or not another process is working on it.</summary>
internal sealed class OfflineWorkflowClient(string folder) : IWorkflowClient
{
    private readonly JournalReader _reader = new(folder);

    public Task<bool> StartAsync(string workflow, string instanceId, object input, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Only the process that works on the data folder can start a workflow.");

    public Task RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(payload, FineTuneJson.Default.Options.GetTypeInfo(payload.GetType()));
        JournalInbox.TryLeaveEvent(folder, instanceId, name, json);
        return Task.CompletedTask;
    }

    public Task<WorkflowState?> FindStateAsync(string instanceId, CancellationToken cancellationToken)
        => Task.FromResult(_reader.Find(instanceId)?.ToState());

    public Task ForgetAsync(string instanceId, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Only the process that works on the data folder can forget a workflow.");
}
