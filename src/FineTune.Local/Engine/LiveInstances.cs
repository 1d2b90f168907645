using System.Collections.Concurrent;
using FineTune.Local.Engine.Journaling;

namespace FineTune.Local.Engine;

/// <summary>The instances that are in memory: all that are neither finished nor parked.</summary>
internal sealed class LiveInstances(EngineParts parts)
{
    private readonly ConcurrentDictionary<string, WorkflowInstance> _byId = new(StringComparer.Ordinal);

    /// <summary>Takes up an instance whose row is in the journal.</summary>
    /// <param name="recorded">Its history so far.</param>
    public void Launch(InstanceRow row, IReadOnlyList<StepRow> recorded)
    {
        var instance = new WorkflowInstance(row, parts, this);
        if (!_byId.TryAdd(row.Id, instance))
        {
            return;
        }

        // Whoever asked for the start, an HTTP request perhaps, must not be carried along as ambient context.
        using var suppressed = ExecutionContext.SuppressFlow();
        instance.Start(recorded, ended: () => _byId.TryRemove(row.Id, out _));
    }

    /// <summary>Without effect where it is not in memory.</summary>
    public void Post(string instanceId, Signal signal)
    {
        if (_byId.TryGetValue(instanceId, out var instance))
        {
            instance.Post(signal);
        }
    }

    /// <summary>Lets each instance finish what has reached it, then stops it where it stands.</summary>
    public Task StopAsync()
    {
        var instances = _byId.Values.ToArray();
        foreach (var instance in instances)
        {
            instance.Stop();
        }

        return Task.WhenAll(instances.Select(instance => instance.Ending));
    }
}
