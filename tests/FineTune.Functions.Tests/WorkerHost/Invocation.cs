using FineTune.Functions.Tests.WorkerHost.Protocol;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>One call of a function, as its host is about to make it.</summary>
internal sealed record Invocation(WorkerFunction Function, TypedData Trigger)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>What the trigger says beside its value, by the names that parameters are bound to.</summary>
    public IReadOnlyDictionary<string, string> TriggerData { get; init; } = new Dictionary<string, string>();

    /// <param name="durableClient">What every parameter that asks for the Durable client is given.</param>
    public InvocationRequest ToRequest(string durableClient)
    {
        InvocationRequest request = new()
        {
            InvocationId = Id,
            FunctionId = Function.Metadata.FunctionId,
            TraceContext = new RpcTraceContext(),
            InputData = { new ParameterBinding { Name = Function.TriggerName, Data = Trigger } },
        };
        request.InputData.Add(Function.DurableClientNames.Select(
            name => new ParameterBinding { Name = name, Data = new TypedData { String = durableClient } }));
        foreach ((string name, string value) in TriggerData)
        {
            request.TriggerMetadata.Add(name, new TypedData { String = value });
        }

        return request;
    }
}
