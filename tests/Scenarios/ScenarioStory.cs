using System.Globalization;
using System.Text.RegularExpressions;
using FineTune.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Tests.Scenarios;

/// <summary>What the books say of a run, in words: all that must be alike on every engine, and none of the ids and times that cannot be.</summary>
internal static partial class ScenarioStory
{
    public static async Task<string> TellAsync(ScenarioHost host, RunRow row)
    {
        IRunLedger ledger = host.Services.GetRequiredService<IRunLedger>();
        CancellationToken token = TestContext.Current.CancellationToken;
        string? alias = row.Spec.Alias is null ? null : (await ledger.FindAliasAsync(row.Spec.Alias, token))?.ModelId;
        RunEvent[] events = await ledger.ListEventsAsync(row.RunId, token).ToArrayAsync(token);
        ModelRow[] models = await ledger.ListModelsAsync(token).ToArrayAsync(token);
        string[] told =
        [
            $"{row.Status}: {row.Detail}",
            Invariant($"{row.Examples} examples, {row.Tokens} tokens, {row.TrainedTokens ?? 0} trained, {row.Checkpoints?.Count ?? 0} checkpoints"),
            $"error {row.ErrorCode ?? "-"} {row.ErrorParam ?? "-"}; cancel requested {row.CancelRequested}",
            $"{models.Length} models; alias {alias ?? "-"}",
            .. events.Where(one => one.Type != "metrics").Select(one => $"* {one.Level} {one.Message}"),
            $"{events.Count(one => one.Type == "metrics")} metrics",
        ];
        return Anonymous(row, string.Join('\n', told));
    }

    private static string Anonymous(RunRow row, string story)
    {
        (string? Id, string Name)[] ids =
        [
            (row.ModelId, "<model>"), (row.JobId, "<job>"), (row.TrainingFileId, "<file>"), (row.ValidationFileId, "<validation>"), (row.RunId, "<run>"), (row.Dataset.ETag, "<version>"),
            (row.Key, "<key>"), (row.Sha256, "<hash>"),
        ];
        string named = ids.Where(id => !string.IsNullOrEmpty(id.Id)).Aggregate(story, (text, id) => text.Replace(id.Id!, id.Name, StringComparison.Ordinal));
        return OtherModel().Replace(named, "<checkpoint>");
    }

    [GeneratedRegex(@"ft:\S+")]
    private static partial Regex OtherModel();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
