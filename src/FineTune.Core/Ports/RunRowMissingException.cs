namespace FineTune.Ports;

/// <summary>
/// A run is under way, but its row is not in the ledger: the ledger was lost, or replaced by an older copy. The sweep writes it again from the
/// provider's jobs, so the step is tried again.
/// </summary>
public sealed class RunRowMissingException(string runId)
    : Exception($"Run '{runId}' is under way, but its row is not in the ledger. If the ledger was lost, sweep: the row is written again from the provider's jobs.");
