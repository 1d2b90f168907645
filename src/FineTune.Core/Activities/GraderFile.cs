using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;

namespace FineTune.Activities;

/// <summary>The grader of a run, kept beside its dataset from the start: histories and rows carry its hash alone.</summary>
public static class GraderFile
{
    private const string GraderMember = "grader";
    private const string FormatMember = "response_format";

    public static string SuffixFor(string runId) => $".{runId}.grader.json";

    public static Task KeepGraderAsync(this IDatasetStore store, RunRow run, Grader grader, CancellationToken cancellationToken)
    {
        JsonObject kept = new() { [GraderMember] = JsonNode.Parse(grader.Json.GetRawText()) };
        if (grader.ResponseFormat is { } format)
        {
            kept[FormatMember] = JsonNode.Parse(format.GetRawText());
        }

        return store.WriteBesideAsync(run.Dataset.Name, SuffixFor(run.RunId), Encoding.UTF8.GetBytes(kept.ToJsonString()), cancellationToken);
    }

    /// <returns>Null for a spec without one.</returns>
    /// <exception cref="GraderGoneException">It is not there, or is not the one the run began with.</exception>
    public static async Task<Grader?> ReadGraderAsync(
        this IDatasetStore store, string runId, string dataset, FineTuneSpec spec, CancellationToken cancellationToken)
    {
        if (spec.GraderSha256 is null)
        {
            return null;
        }

        await using Stream? file = await store.OpenBesideAsync(dataset, SuffixFor(runId), cancellationToken);
        Grader? grader = file is null ? null : await ReadAsync(file, cancellationToken);
        return grader?.Sha256 == spec.GraderSha256
            ? grader
            : throw new GraderGoneException(DatasetNames.BesideNameOf(dataset, SuffixFor(runId)));
    }

    private static async Task<Grader?> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument kept = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return Grader.Read(
                kept.RootElement.GetProperty(GraderMember).GetRawText(),
                kept.RootElement.TryGetProperty(FormatMember, out JsonElement format) ? format.GetRawText() : null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
