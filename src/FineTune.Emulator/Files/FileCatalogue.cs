using System.Collections.Concurrent;
using FineTune.Emulator.Jobs;
using FineTune.Emulator.State;

namespace FineTune.Emulator.Files;

/// <summary>The files there are at a moment: those uploaded, and the result files of jobs that have succeeded by then.</summary>
internal sealed class FileCatalogue(EmulatorState state, JobReader jobs)
{
    public const string ResultPurpose = "fine-tune-results";

    private readonly ConcurrentDictionary<string, StoredFile> _results = new();

    public StoredFile? Find(string id, DateTimeOffset now)
        => (state.Files.Find(id) ?? FindResult(id)) is { } file && file.CreatedAt <= now && file.ExistsAt(now) ? file : null;

    /// <summary>Newest first. Result files are sorted in only where they are wanted.</summary>
    /// <param name="purpose">Null: any.</param>
    public IEnumerable<StoredFile> All(string? purpose, DateTimeOffset now)
    {
        var uploaded = state.Files.Newest();
        var all = purpose is null or ResultPurpose
            ? Results().Concat(uploaded).OrderByDescending(f => f.CreatedAt)
            : uploaded;
        return all.Where(f => (purpose is null || f.Purpose == purpose) && f.CreatedAt <= now && f.ExistsAt(now));
    }

    /// <summary>The job a result file belongs to.</summary>
    public FineTuningJob? OwnerOf(string id) => state.ResultOwners.TryGetValue(id, out string? job) ? state.Jobs.Find(job) : null;

    private IEnumerable<StoredFile> Results() => state.Jobs.Newest().Select(job => FindResult(job.Plan.ResultFile)).OfType<StoredFile>();

    private StoredFile? FindResult(string id)
    {
        if (_results.TryGetValue(id, out var known))
        {
            return state.DeletedResults.TryGetValue(id, out var at) ? known with { DeletedAt = at } : known;
        }

        return OwnerOf(id) is { } job && jobs.MomentOf(job) is { Status: JobStatus.Succeeded, EndedAt: { } end }
            ? _results.GetOrAdd(id, Result(job, end))
            : null;
    }

    private static StoredFile Result(FineTuningJob job, DateTimeOffset end)
        => new(job.Plan.ResultFile, "step_metrics.csv", ResultPurpose, ResultCsv.Of(job).Length, Sha256: "", end, end);
}
