using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Activities;

/// <summary>How far a job is, from its newest numbers; never from the words of a message.</summary>
internal static class JobProgress
{
    public static FineTuneProgress Of(ProviderJob job, IReadOnlyList<RunEvent> events, Pause? pause = null)
    {
        double? step = Newest(events, "step");
        double? total = Newest(events, "total_steps");
        return new FineTuneProgress(
            FineTuneStep.Training,
            $"Job {job.Id} is {job.Status}{PauseOf(job, pause)}",
            total > 0 ? Math.Round(100.0 * step.GetValueOrDefault() / total.Value, 1) : null,
            Newest(events, "train_loss"),
            Newest(events, "valid_loss"));
    }

    private static string PauseOf(ProviderJob job, Pause? pause) => pause is null ? ""
        : job.Status.IsPaused ? $", by {pause.By}"
        : $"; {pause.By} paused the run, but the provider goes on with the job";

    private static double? Newest(IReadOnlyList<RunEvent> events, string name)
    {
        for (int i = events.Count - 1; i >= 0; i--)
        {
            if (events[i].Metrics?.TryGetValue(name, out double value) is true)
            {
                return value;
            }
        }

        return null;
    }
}
