using System.Runtime.CompilerServices;
using FineTune.Ports;

namespace FineTune.Activities;

/// <summary>The jobs at the provider that are one run's own: its key in the metadata, and its training file.</summary>
internal static class OurJobs
{
    // Only there to end the search in a full account: a clock may be wrong by hours, ours or the provider's, and a job of ours that is
    // passed over is bought twice.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromDays(2);

    /// <summary>Newest first. Matched here once more, for a provider may ignore the filter and list everybody's jobs.</summary>
    /// <param name="firstIntentAt">Before that, none can be ours.</param>
    /// <param name="isFiltered">False does not trust the provider's filter at all and goes through everybody's jobs.</param>
    public static async IAsyncEnumerable<ProviderJob> ListOursAsync(
        this IFineTuningApi api, string key, string trainingFileId, DateTimeOffset? firstIntentAt, bool isFiltered,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ProviderJob job in api.ListJobsAsync(isFiltered ? key : null, cancellationToken))
        {
            if (job.CreatedAt < firstIntentAt - ClockSlack)
            {
                yield break;
            }

            if (job.Key == key && job.TrainingFileId == trainingFileId)
            {
                yield return job;
            }
        }
    }
}
