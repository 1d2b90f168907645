using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Activities;

/// <summary>Ends that several activities can come to.</summary>
internal static class ActivityOutcomes
{
    public static FineTuneOutcome ToOutcome(this DatasetUnavailableException unavailable)
        => new(unavailable.Overwritten ? RunStatus.Superseded : RunStatus.DatasetGone, unavailable.Message);

    /// <summary>Null unless the run must not go on: a person cancelled it, or it has ended, for an engine may execute it twice.</summary>
    public static FineTuneOutcome? StoppedBefore(this RunRow row, string step)
        => row.Status is not RunStatus.Running ? new FineTuneOutcome(row.Status, $"The run had ended before {step}.")
            : row.CancelRequested ? new FineTuneOutcome(RunStatus.Cancelled, $"Cancelled on request before {step}.")
            : null;
}
