namespace FineTune.Ports;

/// <summary>The version asked for can no longer be read. Activities turn it into an outcome; it is thrown only because a stream can break in the middle.</summary>
public sealed class DatasetUnavailableException(DatasetVersion version, bool overwritten)
    : PermanentFailureException(overwritten
        ? $"Dataset '{version.Name}' was overwritten after this run began: expected version {version.ETag}. The new version gets a run of its own."
        : $"Dataset '{version.Name}' is gone. Drop it again to start a new run.")
{
    /// <summary>True: another version has taken its place. False: it was deleted.</summary>
    public bool Overwritten { get; } = overwritten;
}
