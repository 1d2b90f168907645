namespace FineTune.Datasets.Dedupe;

/// <summary>Which examples count as the same.</summary>
public sealed record DedupeOptions
{
    /// <summary>From this likeness on, above 0 to 1, examples are near duplicates; null: only the very same.</summary>
    public double? Near { get; init; }

    /// <summary>Examples remembered; later ones are still compared with them. Each takes about 60 bytes, for a near search at 0.8 about 500.</summary>
    public int MostExamples { get; init; } = 1_000_000;
}
