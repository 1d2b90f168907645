using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FineTune.Emulator.Ledger;
using FineTune.Local.Engine.Journaling;
using FineTune.Local.Storage;
using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;
using FineTune.Sweeping;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>A job as the provider has it in the end.</summary>
internal sealed record JobAtProvider(
    string Id, string? Key, string Status, string? Model, string TrainingFile, long? TrainedTokens, IReadOnlyList<string> EventIds);

/// <summary>What there is to judge by: the provider's own books on one side, the product's ledger and journals on the other.</summary>
internal sealed class Evidence
{
    private Evidence(Plan plan, SimulatedWorld world) => (Plan, World) = (plan, world);

    public Plan Plan { get; }

    public SimulatedWorld World { get; }

    public Chronicle Chronicle => World.Chronicle;

    /// <summary>Whether all was quiet before patience ran out.</summary>
    public bool IsOver { get; private init; }

    public required LedgerReport Books { get; init; }

    /// <summary>Ours, oldest first.</summary>
    public required IReadOnlyList<JobAtProvider> Jobs { get; init; }

    public required IReadOnlyList<RunRow> Rows { get; init; }

    public required IReadOnlyDictionary<string, SpendingClaim> Claims { get; init; }

    /// <summary>By run, in the order in which they are stored.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<RunEvent>> Events { get; init; }

    public required IReadOnlyList<ModelRow> Models { get; init; }

    public required IReadOnlyList<AliasRow> Aliases { get; init; }

    /// <summary>What is left of the line for the provider's jobs.</summary>
    public required IReadOnlyList<SharedRow> Line { get; init; }

    public required IReadOnlyList<InstanceRow> Instances { get; init; }

    /// <summary>Calls that were made when everything was told once more.</summary>
    public IReadOnlyList<Exchange> CallsAfterTheEnd { get; set; } = [];

    /// <summary>Calls of a sweep after that.</summary>
    public IReadOnlyList<Exchange> CallsOfTheLastSweep { get; set; } = [];

    public SweepReport? LastSweep { get; set; }

    public IEnumerable<string> Keys => Rows.Select(row => row.Key).OfType<string>().Distinct();

    /// <summary>SHA-256 of every content that a dataset ever had.</summary>
    public IReadOnlySet<string> Contents => World.Contents.Select(content => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))).ToHashSet();

    public int UploadsOf(string key) => Books.UploadsByName.GetValueOrDefault($"{key}.jsonl");

    public static async Task<Evidence> GatherAsync(Plan plan, SimulatedWorld world, bool isOver)
    {
        LedgerReport books = world.Provider.Books;
        world.Provider.Heal();
        using SqliteRunLedger ledger = new(world.Folder.Ledger);
        IReadOnlyList<JobAtProvider> jobs = await ReadJobsAsync(world);
        List<ModelRow> models = await ledger.ListModelsAsync(CancellationToken.None).ToListAsync();
        List<RunRow> rows = await ledger.ListRunsAsync(CancellationToken.None).OrderBy(row => row.RunId, StringComparer.Ordinal).ToListAsync();
        return new Evidence(plan, world)
        {
            IsOver = isOver,
            Books = books,
            Jobs = jobs,
            Rows = rows,
            Claims = await ReadClaimsAsync(ledger, rows.Select(row => row.Key).Concat(jobs.Select(job => job.Key))),
            Events = await ReadEventsAsync(ledger, rows),
            Models = models,
            Aliases = await ReadAliasesAsync(ledger, models),
            Line = await ledger.ListSharedAsync("line", "", CancellationToken.None).ToListAsync(),
            Instances = [.. Directory.EnumerateDirectories(world.Folder.Path, "engine*").SelectMany(folder => new JournalReader(folder).List())],
        };
    }

    private static async Task<IReadOnlyList<JobAtProvider>> ReadJobsAsync(SimulatedWorld world)
    {
        List<JobAtProvider> jobs = [];
        foreach (JsonElement job in await world.Provider.ListAsync("fine_tuning/jobs"))
        {
            string id = job.GetProperty("id").GetString()!;
            if (!world.ForeignJobs.Contains(id))
            {
                var events = await world.Provider.ListAsync($"fine_tuning/jobs/{id}/events");
                jobs.Add(ToJob(job, [.. events.Select(told => told.GetProperty("id").GetString()!).Reverse()]));
            }
        }

        jobs.Reverse();
        return jobs;
    }

    private static JobAtProvider ToJob(JsonElement job, IReadOnlyList<string> events)
    {
        JsonElement metadata = job.GetProperty("metadata");
        JsonElement tokens = job.GetProperty("trained_tokens");
        return new JobAtProvider(
            job.GetProperty("id").GetString()!,
            metadata.ValueKind is JsonValueKind.Object && metadata.TryGetProperty("ft_key", out JsonElement key) ? key.GetString() : null,
            job.GetProperty("status").GetString()!,
            job.GetProperty("fine_tuned_model").GetString(),
            job.GetProperty("training_file").GetString()!,
            tokens.ValueKind is JsonValueKind.Number ? tokens.GetInt64() : null,
            events);
    }

    private static async Task<IReadOnlyDictionary<string, SpendingClaim>> ReadClaimsAsync(SqliteRunLedger ledger, IEnumerable<string?> keys)
    {
        Dictionary<string, SpendingClaim> claims = [];
        foreach (string key in keys.OfType<string>().Distinct())
        {
            if (await ledger.FindClaimAsync(key, CancellationToken.None) is { } claim)
            {
                claims[key] = claim;
            }
        }

        return claims;
    }

    private static async Task<IReadOnlyList<AliasRow>> ReadAliasesAsync(SqliteRunLedger ledger, List<ModelRow> models)
    {
        List<AliasRow> aliases = [];
        foreach (string alias in models.Select(model => model.Alias).OfType<string>().Distinct())
        {
            aliases.AddRange(new[] { await ledger.FindAliasAsync(alias, CancellationToken.None) }.OfType<AliasRow>());
        }

        return aliases;
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<RunEvent>>> ReadEventsAsync(SqliteRunLedger ledger, List<RunRow> rows)
    {
        Dictionary<string, IReadOnlyList<RunEvent>> events = [];
        foreach (RunRow row in rows)
        {
            events[row.RunId] = await ledger.ListEventsAsync(row.RunId, CancellationToken.None).ToListAsync();
        }

        return events;
    }
}
