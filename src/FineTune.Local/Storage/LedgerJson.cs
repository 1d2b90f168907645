using System.Text.Json.Serialization;
using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Rows as they stand in the ledger; a test pins them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)] // a diverging training reports its loss as NaN
[JsonSerializable(typeof(RunRow))]
[JsonSerializable(typeof(SpendingClaim))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(ModelRow))]
[JsonSerializable(typeof(AliasRow))]
internal sealed partial class LedgerJson : JsonSerializerContext;
