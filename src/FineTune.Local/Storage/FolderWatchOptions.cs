using System.ComponentModel.DataAnnotations;

namespace FineTune.Local.Storage;

/// <summary>How patiently the folder of datasets is watched.</summary>
public sealed class FolderWatchOptions
{
    /// <summary>How long size and time of last write must stand still before a file counts as complete. The default is 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Settle { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an idle folder is left alone between two looks. The default is 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(5);
}
