using System.Text.Json.Serialization;

namespace FineTune.Datasets.Repair;

/// <summary>What <c>fix</c> did and what it left; places only, never the dataset's text.</summary>
public sealed record RepairReport
{
    /// <summary>Lines read.</summary>
    public required int Lines { get; init; }

    /// <summary>Lines written: examples, and lines that were left as they are.</summary>
    public required int LinesWritten { get; init; }

    /// <summary>How often each repair was made, the most frequent first.</summary>
    public required IReadOnlyList<RepairCount> Repairs { get; init; }

    /// <summary>The first repairs, by line.</summary>
    public required IReadOnlyList<LineRepair> Changes { get; init; }

    /// <summary>Repairs counted above and not listed.</summary>
    public required long ChangesLeftOut { get; init; }

    /// <summary>The first lines that are no example still, and why.</summary>
    public required IReadOnlyList<LineLeft> Left { get; init; }

    /// <summary>How many such lines there are.</summary>
    public required long LinesLeft { get; init; }
}

/// <param name="FirstLine">In the file that was read.</param>
public sealed record RepairCount(string Code, string Did, long Count, int FirstLine);

/// <param name="Line">In the file that was read.</param>
/// <param name="LineWritten">In the new file; null for what is not in it any more.</param>
public sealed record LineRepair(int Line, int? LineWritten, string Code);

/// <summary>A line that was copied as it is, for mending it takes a person.</summary>
public sealed record LineLeft(int Line, int LineWritten, string Code, string Fix);

/// <summary>The report's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RepairReport))]
public sealed partial class RepairJson : JsonSerializerContext;
