using System.Text.Json;
using System.Text.Json.Serialization;

namespace FineTune.Ports;

/// <summary>A job's status in the provider's own word; one we have never seen means "keep waiting".</summary>
[JsonConverter(typeof(JobStatusConverter))]
public readonly record struct JobStatus(string Value)
{
    public static readonly JobStatus Succeeded = new("succeeded");
    public static readonly JobStatus Failed = new("failed");
    public static readonly JobStatus Cancelled = new("cancelled");

    /// <summary>Somebody holds it, here or at the provider; not in every provider's vocabulary.</summary>
    public bool IsPaused => Value is "paused" or "pausing";

    public bool IsFinal => this == Succeeded || this == Failed || this == Cancelled;

    public override string ToString() => Value;
}

/// <summary>Writes the word itself.</summary>
internal sealed class JobStatusConverter : JsonConverter<JobStatus>
{
    public override JobStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, JobStatus value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.Value);
}
