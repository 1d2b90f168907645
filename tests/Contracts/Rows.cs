using FineTune.Ports;

namespace FineTune.Tests.Contracts;

/// <summary>Plain rows for the ledger; a test says only what it is about.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static RunRow Run(string id, DateTimeOffset? createdAt = null) => new()
    {
        RunId = id,
        Dataset = new DatasetVersion("support.jsonl", "1f4-8de", 500),
        Spec = new FineTuneSpec { Model = "gpt-4.1-mini-2025-04-14" },
        CreatedAt = createdAt ?? Noon,
    };

    public static SpendingClaim Claim(string key, string runId = "run-1") => new() { Key = key, RunId = runId };

    public static ModelRow Model(string id, DateTimeOffset createdAt) => new()
    {
        ModelId = id,
        RunId = "run-1",
        JobId = "ftjob-1",
        BaseModel = "gpt-4.1-mini-2025-04-14",
        Dataset = "support.jsonl",
        CreatedAt = createdAt,
    };

    public static AliasRow Alias(string modelId) => AliasRow.PointedAt(null, "support-bot", Model(modelId, Noon), "a run", held: false, Noon);

    public static RunEvent Event(int number, int second = 0)
        => new($"ev-{number}", Noon.AddSeconds(second), "info", "message", $"Step {number}");
}
