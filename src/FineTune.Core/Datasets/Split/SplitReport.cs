using System.Text.Json.Serialization;

namespace FineTune.Datasets.Split;

/// <summary>How a dataset was divided.</summary>
/// <param name="Groups">What stays together counts as one.</param>
/// <param name="LargestGroup">In examples; a large one keeps the sides from their exact size.</param>
/// <param name="WithoutGroup">Examples that lack the field they were to be grouped by; their prompt stood in for it.</param>
public sealed record SplitReport(int Examples, int Groups, int LargestGroup, int WithoutGroup, int Train, int Validation, int Test, int Seed);

/// <summary>The report's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SplitReport))]
public sealed partial class SplitJson : JsonSerializerContext;
