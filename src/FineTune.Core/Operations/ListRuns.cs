using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>The runs, newest first.</summary>
public sealed class ListRuns(IRunLedger ledger)
{
    /// <param name="status">Only these; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <exception cref="InvalidRequestException">The limit is not above 0.</exception>
    public async Task<IReadOnlyList<RunView>> RunAsync(RunStatus? status, int limit, CancellationToken cancellationToken)
    {
        if (limit < 1)
        {
            throw new InvalidRequestException($"The limit is {limit}; expected a number above 0.");
        }

        return await ledger.ListRunsAsync(cancellationToken)
            .Where(row => status is null || row.Status == status)
            .Take(limit)
            .Select(row => RunView.Of(row, state: null))
            .ToListAsync(cancellationToken);
    }
}
