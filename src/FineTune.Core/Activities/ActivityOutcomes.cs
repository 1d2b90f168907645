using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Activities;

/// <summary>Ends that several activities can come to.</summary>
internal static class ActivityOutcomes
{
    public static FineTuneOutcome ToOutcome(this DatasetUnavailableException unavailable)
        => new(unavailable.Overwritten ? RunStatus.Superseded : RunStatus.DatasetGone, unavailable.Message);

    /// <summary>Null unless a person asked for the run to be cancelled.</summary>
    public static FineTuneOutcome? CancelledBefore(this RunRow row, string step)
        => row.CancelRequested ? new FineTuneOutcome(RunStatus.Cancelled, $"Cancelled on request before {step}.") : null;
}
