namespace FineTune.Workflows;

/// <summary>How patient and how generous a run is; fixed when it starts, for replayed code reads no settings.</summary>
public sealed record RunLimits
{
    /// <summary>In US dollars; null approves everything.</summary>
    public decimal? ApproveAbove { get; init; }

    public required TimeSpan ApprovalDeadline { get; init; }

    public required TimeSpan PollEvery { get; init; }

    public required TimeSpan PollAtMost { get; init; }

    public required TimeSpan FileDeadline { get; init; }

    public required TimeSpan CreateDeadline { get; init; }

    public required TimeSpan JobDeadline { get; init; }

    /// <summary>Without news from the provider for so long, a person is told; null never tells.</summary>
    public TimeSpan? StalledAfter { get; init; }

    /// <summary>Somebody wants to be told of the end; null, as in histories of the first release, means nobody does.</summary>
    public bool? Notifies { get; init; }

    /// <summary>The pause after <paramref name="pause"/> when it brought no news.</summary>
    public TimeSpan Longer(TimeSpan pause) => pause * 1.5 < PollAtMost ? pause * 1.5 : PollAtMost;
}
