using System.Text.Json.Serialization;
using FineTune.Ports;

namespace FineTune.Core.Tests.Architecture;

/// <summary>Ledger rows in JSON, read by the same generated code that ledgers use.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRow))]
[JsonSerializable(typeof(SpendingClaim))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(ModelRow))]
[JsonSerializable(typeof(AliasRow))]
internal sealed partial class RowJson : JsonSerializerContext;
