using System.Text.Json.Serialization;

namespace FineTune.Ports;

/// <summary>One dataset at one version: overwriting it makes another version with another ETag.</summary>
/// <param name="Name">As the store names it; display data only, never part of a key or a path of ours.</param>
/// <param name="ETag">Opaque.</param>
/// <param name="Length">In bytes.</param>
public sealed record DatasetVersion(string Name, string ETag, long Length)
{
    /// <summary>Told by stores when they list and find; no part of the version, and not stored with it.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastModified { get; init; }

    public bool Equals(DatasetVersion? other) => other is not null && (Name, ETag, Length) == (other.Name, other.ETag, other.Length);

    public override int GetHashCode() => HashCode.Combine(Name, ETag, Length);
}
