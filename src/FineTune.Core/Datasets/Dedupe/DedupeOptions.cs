namespace FineTune.Datasets.Dedupe;

/// <summary>Which examples count as the same.</summary>
public sealed record DedupeOptions
{
    /// <summary>From this likeness on, above 0 to 1, examples are near duplicates; null: only the very same.</summary>
    public double? Near { get; init; }

    /// <summary>Examples remembered; later ones are still compared with them. A near search takes up to 500 bytes for each, another 60.</summary>
    public int MostExamples { get; init; } = 1_000_000;
}
