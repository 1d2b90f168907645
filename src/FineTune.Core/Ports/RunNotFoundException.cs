namespace FineTune.Ports;

/// <summary>There is no run with this id in the ledger.</summary>
public sealed class RunNotFoundException(string runId)
    : PermanentFailureException($"There is no run '{runId}'. List the runs to see their ids.");
