using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FineTune.Hosting;

namespace FineTune.Functions.Durable;

/// <summary>
/// The product's shapes as they are persisted, and beside them the few that the engine wraps them in: an activity's input travels as an
/// <c>object[]</c> of one, which no source generation of ours knows.
/// </summary>
internal static class DurableJson
{
    public static JsonSerializerOptions Options { get; } = new(FineTuneJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(FineTuneJson.Default, new DefaultJsonTypeInfoResolver()),
    };
}
