namespace FineTune.Datasets.Split;

/// <summary>How a dataset is to be divided. The same options and the same bytes give the same files, on every machine.</summary>
public sealed record SplitOptions
{
    /// <summary>Examples with the same prompt stay together.</summary>
    public const string ByPrompt = "prompt";

    /// <summary>Only examples that are the same stay together.</summary>
    public const string ByExample = "example";

    /// <summary>Each side gets its part of every answer.</summary>
    public const string ByAnswer = "answer";

    public SplitShare Validation { get; init; } = new(0.1);

    public SplitShare Test { get; init; } = SplitShare.None;

    public int Seed { get; init; } = 42;

    /// <summary>What stays on one side: <see cref="ByPrompt"/>, <see cref="ByExample"/>, or the path of a field, such as <c>metadata.customer</c>.</summary>
    public string GroupBy { get; init; } = ByPrompt;

    /// <summary>What every side gets its part of: <see cref="ByAnswer"/> or the path of a field; null for nothing in particular.</summary>
    public string? StratifyBy { get; init; }

    /// <summary>The fields named above, each once.</summary>
    internal IEnumerable<string> Fields
        => new[] { GroupBy, StratifyBy }.OfType<string>().Except([ByPrompt, ByExample, ByAnswer]);
}
