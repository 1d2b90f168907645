using System.Text.Json.Serialization;

namespace FineTune.Datasets.Dedupe;

/// <summary>What was dropped, by line; the first of each kind is kept.</summary>
public sealed record DedupeReport
{
    public required int Examples { get; init; }

    public required int Kept { get; init; }

    /// <summary>Dropped as the very same as an earlier one, apart from white space and escapes.</summary>
    public required int Same { get; init; }

    /// <summary>Dropped as like enough.</summary>
    public required int Near { get; init; }

    /// <summary>The first 100,000 of them.</summary>
    public required IReadOnlyList<DroppedExample> Dropped { get; init; }

    /// <summary>False when there were more examples than are remembered, so that a duplicate may be left.</summary>
    public required bool ComparedAll { get; init; }
}

/// <param name="Line">In the file that was read.</param>
/// <param name="LikeLine">The line that was kept.</param>
/// <param name="Likeness">1 for the very same; else the part of their word triples that they share.</param>
public sealed record DroppedExample(int Line, int LikeLine, double Likeness);

/// <summary>The report's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DedupeReport))]
public sealed partial class DedupeJson : JsonSerializerContext;
