using System.Text.Json.Serialization;
using FineTune.Ports;

namespace FineTune.Hosting;

/// <summary>Rows as they stand in every ledger, in SQLite and in tables; a test pins them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)] // a diverging training reports its loss as NaN
[JsonSerializable(typeof(RunRow))]
[JsonSerializable(typeof(SpendingClaim))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(ModelRow))]
[JsonSerializable(typeof(AliasRow))]
public sealed partial class LedgerJson : JsonSerializerContext;
