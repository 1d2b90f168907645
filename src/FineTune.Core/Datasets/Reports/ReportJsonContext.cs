using System.Text.Json.Serialization;

namespace FineTune.Datasets.Reports;

/// <summary>The report's JSON: camelCase, indented, every property always there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DatasetReport))]
public sealed partial class ReportJsonContext : JsonSerializerContext;
