using System.Text.Json.Serialization;

namespace FineTune.Emulator.Wire;

/// <summary>One page of a list. Jobs and events carry no first and last id on the wire; files and checkpoints do.</summary>
internal sealed record WirePage<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public string Object { get; } = "list";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FirstId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastId { get; init; }
}
