using System.Text.Json;

namespace FineTune.Functions.Tests;

/// <summary>What the compiled head tells a host about itself: the contract with everything outside, so it is spelled out here and not derived.</summary>
public sealed class FunctionsMetadataTests
{
    private static readonly string[] Intended =
    [
        "ApprovalWorkflow: orchestrationTrigger",
        "ApproveSpending: activityTrigger",
        "CancelRun: httpTrigger Function post runs/{runId}/cancel + durableClient + http",
        "CancelSurplusJobs: activityTrigger",
        "CheckFile: activityTrigger",
        "ClaimKey: activityTrigger",
        "CleanUp: activityTrigger",
        "CollectResult: activityTrigger",
        "CreateJob: activityTrigger",
        "CreateJobWorkflow: orchestrationTrigger",
        "DecideRun: httpTrigger Function post runs/{runId}/decision + durableClient + http",
        "FineTuneWorkflow: orchestrationTrigger",
        "FollowJobWorkflow: orchestrationTrigger",
        "GetRun: httpTrigger Function get runs/{runId} + durableClient + http",
        "Health: httpTrigger Function get health + http",
        "InspectDataset: activityTrigger",
        "ListEvents: httpTrigger Function get runs/{runId}/events + http",
        "ListModels: httpTrigger Function get models + http",
        "ListRuns: httpTrigger Function get runs + http",
        "Notify: activityTrigger",
        "PauseRun: httpTrigger Function post runs/{runId}/pause + durableClient + http",
        "PromoteModel: httpTrigger Function put aliases/{alias} + http",
        "ReadAlias: httpTrigger Function get aliases/{alias} + http",
        "ReadBudget: httpTrigger Function get budget + http",
        "ReadJob: activityTrigger",
        "ReadLineage: httpTrigger Function get lineage/{subject} + http",
        "ReadReport: httpTrigger Function get runs/{runId}/report + http",
        "ReceiveWebhook: httpTrigger Function post webhooks/provider + durableClient + http",
        "RecordOutcome: activityTrigger",
        "ResumeRun: httpTrigger Function post runs/{runId}/resume + durableClient + http",
        "RollBackAlias: httpTrigger Function post aliases/{alias}/rollback + http",
        "SettleSpending: activityTrigger",
        "StartFromEvent: blobTrigger EventGrid datasets/{name} DatasetStorage + durableClient",
        "StartFromPolling: blobTrigger LogsAndContainerScan datasets/{name} DatasetStorage + durableClient",
        "StartRun: httpTrigger Function post runs + durableClient + http",
        "Sweep: httpTrigger Function post sweep + durableClient + http",
        "SweepOnTimer: timerTrigger 0 */10 * * * * + durableClient",
        "UploadDataset: activityTrigger",
    ];

    private static readonly string[] Told = ["type", "authLevel", "schedule", "methods", "route", "source", "path", "connection"];

    [Fact]
    public void FunctionsMetadata_ListsTheIntendedFunctionsAndNoOther()
    {
        using JsonDocument metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata")));

        string[] compiled = [.. metadata.RootElement.EnumerateArray().Select(Line).Order(StringComparer.Ordinal)];

        Assert.Equal(Intended, compiled);
    }

    private static string Line(JsonElement function)
        => $"{function.GetProperty("name")}: {string.Join(" + ", function.GetProperty("bindings").EnumerateArray().Select(Binding))}";

    private static string Binding(JsonElement binding) => string.Join(
        ' ',
        Told.Where(name => binding.TryGetProperty(name, out _)).Select(name => TextOf(binding.GetProperty(name))));

    private static string TextOf(JsonElement value)
        => value.ValueKind is JsonValueKind.Array ? string.Join(',', value.EnumerateArray().Select(TextOf)) : value.ToString();
}
