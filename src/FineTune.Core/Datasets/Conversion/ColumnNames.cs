namespace FineTune.Datasets.Conversion;

/// <summary>The columns to read; a null one is found by the names people usually give it, whatever their case.</summary>
public sealed record ColumnNames
{
    internal static readonly string[] UsualPrompts = ["prompt", "question", "input", "instruction", "user"];
    internal static readonly string[] UsualAnswers = ["completion", "answer", "output", "response", "assistant", "chosen"];
    internal static readonly string[] UsualSystems = ["system"];
    internal static readonly string[] UsualRejected = ["rejected"];

    public string? Prompt { get; init; }

    public string? Answer { get; init; }

    public string? System { get; init; }

    /// <summary>The worse answer of a preference.</summary>
    public string? Rejected { get; init; }
}
