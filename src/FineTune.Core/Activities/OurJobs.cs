using System.Runtime.CompilerServices;
using FineTune.Ports;

namespace FineTune.Activities;

/// <summary>The jobs at the provider that are one run's own: its key in the metadata, and its training file.</summary>
internal static class OurJobs
{
    // A provider's clock may be behind ours, and its list may say when the job was asked for, not when we were answered.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

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
