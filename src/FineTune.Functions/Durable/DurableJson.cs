using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Hosting;

namespace FineTune.Functions.Durable;

/// <summary>The product's shapes as the local engine's journal has them, and whatever the engine itself wraps around them.</summary>
internal static class DurableJson
{
    public static JsonSerializerOptions Options { get; } = new(FineTuneJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(FineTuneJson.Default, new DefaultJsonTypeInfoResolver()),
    };
}
