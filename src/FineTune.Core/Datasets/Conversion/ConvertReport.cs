using System.Text.Json.Serialization;

namespace FineTune.Datasets.Conversion;

/// <summary>What became of a file's rows. With a problem in any of them, what was written is not to be used.</summary>
public sealed record ConvertReport
{
    /// <summary>Without the header and rows that are wholly blank.</summary>
    public required int Rows { get; init; }

    public required int Written { get; init; }

    /// <summary>The first rows that cannot be converted, and why.</summary>
    public required IReadOnlyList<RowProblem> Problems { get; init; }

    public required int ProblemCount { get; init; }
}

/// <param name="Row">As a spreadsheet counts them, the header being 1; in JSON and text the line.</param>
public sealed record RowProblem(int Row, string Message);

/// <summary>The report's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ConvertReport))]
public sealed partial class ConvertJson : JsonSerializerContext;
