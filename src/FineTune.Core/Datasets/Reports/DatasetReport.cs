using System.Text.Json.Serialization;
using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reports;

/// <summary>All there is to know about a dataset before it is trained; holds no training text. Its JSON is described in docs/report.md.</summary>
public sealed record DatasetReport
{
    /// <summary>The dataset's name, for display.</summary>
    public required string Dataset { get; init; }

    public required DatasetRole Role { get; init; }

    public required DateTimeOffset InspectedAt { get; init; }

    /// <summary>Whether the provider would train it as it is: it has no errors.</summary>
    public required bool IsTrainable { get; init; }

    /// <summary>Lower-case hexadecimal, of every byte; null when reading stopped before the end, which no trainable file does.</summary>
    public required string? Sha256 { get; init; }

    /// <summary>Bytes read.</summary>
    public required long Bytes { get; init; }

    public required int Lines { get; init; }

    /// <summary>Lines that are JSON objects.</summary>
    public required int Examples { get; init; }

    public required long Messages { get; init; }

    /// <summary>Of the first example of a known format; null when there is none.</summary>
    public required DatasetFormat? Format { get; init; }

    /// <summary>The base model as the spec names it.</summary>
    public required string Model { get; init; }

    public required TrainingMethod Method { get; init; }

    /// <summary>What the catalogue knows about the model; null when it knows nothing.</summary>
    public required ModelFacts? ModelFacts { get; init; }

    /// <summary>Null when the model's tokenizer is not one of ours, or no example is of the wanted format.</summary>
    public required TokenTotals? Tokens { get; init; }

    /// <summary>The same twice when the spec says it.</summary>
    public required Interval<int> Epochs { get; init; }

    /// <summary>Null when the model's price or its tokens are unknown.</summary>
    public required PriceEstimate? Price { get; init; }

    /// <summary>How the examples of the wanted format are made up; null in reports of earlier versions.</summary>
    public DatasetStatistics? Statistics { get; init; }

    /// <summary>The first of each kind, by place.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>All of them, by rule.</summary>
    public required IReadOnlyList<ProblemCount> ProblemCounts { get; init; }

    /// <summary>Problems counted but not listed.</summary>
    public required long ProblemsLeftOut { get; init; }

    [JsonIgnore]
    public long ErrorCount => CountOf(Severity.Error);

    [JsonIgnore]
    public long WarningCount => CountOf(Severity.Warning);

    /// <summary>One sentence for a status line.</summary>
    [JsonIgnore]
    public string Verdict => ReportText.Verdict(this);

    private long CountOf(Severity severity) => ProblemCounts.Where(count => count.Severity == severity).Sum(count => count.Count);
}
