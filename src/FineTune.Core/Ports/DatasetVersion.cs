namespace FineTune.Ports;

/// <summary>One dataset at one version: overwriting it makes another version with another ETag.</summary>
/// <param name="Name">As the store names it; display data only, never part of a key or a path of ours.</param>
/// <param name="ETag">Opaque.</param>
/// <param name="Length">In bytes.</param>
public sealed record DatasetVersion(string Name, string ETag, long Length);
