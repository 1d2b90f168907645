using System.Text.Json;
using FineTune.Functions.Tests.WorkerHost.Protocol;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>One function as the worker describes it to its host, trigger first.</summary>
internal sealed class WorkerFunction(RpcFunctionMetadata metadata)
{
    private readonly JsonElement[] _bindings = [.. metadata.RawBindings.Select(binding => JsonSerializer.Deserialize<JsonElement>(binding))];

    public RpcFunctionMetadata Metadata => metadata;

    public string Name => metadata.Name;

    public string TriggerType => TextOf(Trigger, "type")!;

    public string TriggerName => TextOf(Trigger, "name")!;

    /// <summary>Of a blob trigger: the container and the pattern of the name.</summary>
    public string? Path => TextOf(Trigger, "path");

    /// <summary>Of a blob trigger: the name of the setting that says where the blobs are.</summary>
    public string? Connection => TextOf(Trigger, "connection");

    public string Route => TextOf(Trigger, "route") ?? Name;

    public bool WantsKey => TextOf(Trigger, "authLevel") is not "Anonymous";

    public string[] Methods => [.. Trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())];

    public IEnumerable<string> DurableClientNames
        => _bindings.Where(binding => TextOf(binding, "type") is "durableClient").Select(binding => TextOf(binding, "name")!);

    private JsonElement Trigger => _bindings.Single(binding => TextOf(binding, "type")!.EndsWith("Trigger", StringComparison.Ordinal));

    private static string? TextOf(JsonElement binding, string property)
        => binding.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;
}
