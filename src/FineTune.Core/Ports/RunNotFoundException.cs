namespace FineTune.Ports;

/// <summary>There is no run with this id in the ledger.</summary>
public sealed class RunNotFoundException(string id, string what = "run")
    : PermanentFailureException($"There is no {what} '{id}'. List the runs to see their ids.");
