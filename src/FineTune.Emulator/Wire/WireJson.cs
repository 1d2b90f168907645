using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FineTune.Emulator.Chat;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Files;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.Ledger;
using FineTune.Emulator.Models;
using FineTune.Emulator.Time;
using FineTune.Emulator.Uploads;
using FineTune.Emulator.Webhooks;

namespace FineTune.Emulator.Wire;

/// <summary>Every shape on the wire. Nulls are written: the provider writes them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireErrorBody))]
[JsonSerializable(typeof(WireFile))]
[JsonSerializable(typeof(WireIdPage<WireFile>))]
[JsonSerializable(typeof(WireDeleted))]
[JsonSerializable(typeof(WireUpload))]
[JsonSerializable(typeof(WirePart))]
[JsonSerializable(typeof(WireJob))]
[JsonSerializable(typeof(WirePage<WireJob>))]
[JsonSerializable(typeof(WirePage<WireEvent>))]
[JsonSerializable(typeof(WireIdPage<WireCheckpoint>))]
[JsonSerializable(typeof(WireModel))]
[JsonSerializable(typeof(WirePage<WireModel>))]
[JsonSerializable(typeof(WireChatCompletion))]
[JsonSerializable(typeof(WireChatChunk))]
[JsonSerializable(typeof(WireCompletion))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(WirePage<Fault>))]
[JsonSerializable(typeof(FaultsRemoved))]
[JsonSerializable(typeof(LedgerReport))]
[JsonSerializable(typeof(ClockAdvance))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(WebhookTarget))]
internal sealed partial class WireJson : JsonSerializerContext;
