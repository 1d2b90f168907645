namespace FineTune.Datasets;

/// <summary>What one inspection spends at most on a file, however hostile.</summary>
public sealed record InspectionLimits
{
    /// <summary>
    /// In bytes; the longest line that is read as an example. The largest image the provider takes, 10 MB, fits in as base64. Memory follows the
    /// longest line there is, by about a factor of five for each worker where it holds many values, of two where it holds an image.
    /// </summary>
    public int LineBytes { get; init; } = 15 * 1024 * 1024;

    /// <summary>In bytes; what may follow in a line over the cap before reading stops altogether.</summary>
    public int SkippedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>In bytes; the provider's limit, over which a file is a problem but still read.</summary>
    public long FileBytes { get; init; } = 512_000_000;

    /// <summary>Tokens times epochs; the most Azure OpenAI trains in one job. OpenAI names no such limit.</summary>
    public long TokensOfAzure { get; init; } = 2_000_000_000;

    /// <summary>Lines after which reading stops.</summary>
    public int Lines { get; init; } = 20_000_000;

    /// <summary>Lines that are no JSON after which reading stops.</summary>
    public int BrokenLines { get; init; } = 20_000;

    /// <summary>How many batches of lines are inspected side by side; four at most unless said otherwise, for each needs memory.</summary>
    public int Workers { get; init; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>Problems listed with their place; all are counted.</summary>
    public int Problems { get; init; } = 1_000;
}
