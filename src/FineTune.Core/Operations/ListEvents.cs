using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>What the provider told about a run's job, oldest first.</summary>
public sealed class ListEvents(IRunLedger ledger)
{
    /// <exception cref="RunNotFoundException">There is none of this id.</exception>
    public async Task<IReadOnlyList<RunEvent>> RunAsync(string runId, CancellationToken cancellationToken)
    {
        _ = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        return await ledger.ListEventsAsync(runId, cancellationToken).ToListAsync(cancellationToken);
    }
}
