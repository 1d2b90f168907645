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

    /// <summary>Newest first.</summary>
    public IEnumerable<StoredFile> All(DateTimeOffset now)
    {
        var results = state.Jobs.All().Select(job => FindResult(job.Plan.ResultFile)).OfType<StoredFile>();
        return state.Files.All().Concat(results).Where(f => f.CreatedAt <= now && f.ExistsAt(now)).OrderBy(f => f.CreatedAt).Reverse();
    }

    /// <summary>The job a result file belongs to.</summary>
    public FineTuningJob? OwnerOf(string id) => state.ResultOwners.TryGetValue(id, out string? job) ? state.Jobs.Find(job) : null;

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
