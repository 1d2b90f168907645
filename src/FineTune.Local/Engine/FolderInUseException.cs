namespace FineTune.Local.Engine;

/// <summary>Two engines on one journal would do everything twice.</summary>
internal sealed class FolderInUseException(string folder, int? holder)
    : Exception($"The data folder '{Path.GetDirectoryName(folder)}' is in use by {(holder is { } id ? $"process {id}" : "another process")}, "
        + "and only one may work on it at a time. Stop that one, drop the dataset where it looks for them, or use another data folder.")
{
    /// <summary>The other process's id; null when it could not be read.</summary>
    public int? Holder { get; } = holder;
}
