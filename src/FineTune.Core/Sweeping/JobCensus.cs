using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Extensions.Options;

namespace FineTune.Sweeping;

/// <summary>Every job the provider lists, seen once.</summary>
/// <param name="Ours">One job a key: the one that a run of ours is, or should be, about.</param>
/// <param name="Live">All that surely are ours, by their story, and not over; should there be two of a key, both.</param>
/// <param name="FilesInUse">Of live jobs, also of other people's: without them those jobs fail.</param>
public sealed record JobCensus(IReadOnlyList<ProviderJob> Ours, IReadOnlyList<ProviderJob> Live, IReadOnlySet<string> FilesInUse);

/// <summary>Takes the census. A job is ours by its metadata: our key, our installation, and a story that makes that very key.</summary>
public sealed class TakeJobCensus(IFineTuningApi api, IOptions<ProviderOptions> options)
{
    public async Task<JobCensus> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, ProviderJob> ours = [];
        List<ProviderJob> live = [];
        HashSet<string> inUse = [];
        await foreach (ProviderJob job in api.ListJobsAsync(key: null, cancellationToken))
        {
            if (!job.Status.IsFinal)
            {
                inUse.UnionWith([job.TrainingFileId, .. job.ValidationFileId is null ? Array.Empty<string>() : [job.ValidationFileId]]);
            }

            if (IsOurs(job))
            {
                live.AddRange(job.Status.IsFinal || job.Origin is null ? [] : [job]);
                ours[job.Key!] = ours.TryGetValue(job.Key!, out ProviderJob? newer) ? Better(newer, job) : job;
            }
        }

        return new JobCensus([.. ours.Values.OrderBy(job => job.CreatedAt)], live, inUse);
    }

    /// <summary>Jobs of a release that told no story have only the key; a wrong story is somebody else's.</summary>
    private bool IsOurs(ProviderJob job)
        => OurFiles.IsKey(job.Key) && job.Installation == options.Value.Installation && (job.Origin is null || job.Origin.Explains(job.Key!));

    /// <summary>
    /// One that tells its story before one that has only our key, which anybody may have copied. Then what was paid for and is there, before what
    /// may yet be, before what is lost; of two alike the older one, which has cost more.
    /// </summary>
    private static ProviderJob Better(ProviderJob newer, ProviderJob older) => Rank(older).CompareTo(Rank(newer)) >= 0 ? older : newer;

    private static (bool Tells, int Worth) Rank(ProviderJob job)
        => (job.Origin is not null, job.Status == JobStatus.Succeeded ? 2 : job.Status.IsFinal ? 0 : 1);
}
