using System.Text.Json.Serialization;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Sweeping;
using FineTune.Webhooks;
using FineTune.Workflows;

namespace FineTune.Hosting;

/// <summary>Every shape that is stored in a history or a ledger, or travels over our own HTTP API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FineTuneInput))]
[JsonSerializable(typeof(FineTuneOutcome))]
[JsonSerializable(typeof(FineTuneProgress))]
[JsonSerializable(typeof(FollowJobInput))]
[JsonSerializable(typeof(FollowedJob))]
[JsonSerializable(typeof(RunSignal))]
[JsonSerializable(typeof(InspectInput))]
[JsonSerializable(typeof(Inspection))]
[JsonSerializable(typeof(ClaimInput))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(ApproveInput))]
[JsonSerializable(typeof(SpendingApproval))]
[JsonSerializable(typeof(UploadInput))]
[JsonSerializable(typeof(Upload))]
[JsonSerializable(typeof(CheckFileInput))]
[JsonSerializable(typeof(FileCheck))]
[JsonSerializable(typeof(CreateJobInput))]
[JsonSerializable(typeof(JobCreation))]
[JsonSerializable(typeof(AwaitJobInput))]
[JsonSerializable(typeof(ReadJobInput))]
[JsonSerializable(typeof(JobLook))]
[JsonSerializable(typeof(CancelSurplusInput))]
[JsonSerializable(typeof(CollectInput))]
[JsonSerializable(typeof(RecordInput))]
[JsonSerializable(typeof(SettleInput))]
[JsonSerializable(typeof(CleanUpInput))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(NotifyInput))]
[JsonSerializable(typeof(JobOrigin))]
[JsonSerializable(typeof(RunEnded))]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(RunView[]))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(RunEvent[]))]
[JsonSerializable(typeof(ModelView[]))]
[JsonSerializable(typeof(AliasView))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(RollBack))]
[JsonSerializable(typeof(SweepReport))]
[JsonSerializable(typeof(Lineage))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(BudgetView))]
public sealed partial class FineTuneJson : JsonSerializerContext;
