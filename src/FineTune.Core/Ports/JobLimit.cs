namespace FineTune.Ports;

/// <summary>A provider's limits on jobs, as opposed to its limits on requests.</summary>
public enum JobLimit
{
    /// <summary>So many unfinished ones at once: the end of one makes room.</summary>
    Concurrent,

    /// <summary>So many new ones a day: only time makes room.</summary>
    Daily,
}
