namespace FineTune.Ports;

/// <summary>Read, change, write over what was read; again when somebody was faster.</summary>
public static class RunLedgerExtensions
{
    /// <summary>For what happens to a run while it goes on: a row that is final stays as it is, whoever comes too late.</summary>
    public static Task<RunRow> ChangeRunningAsync(
        this IRunLedger ledger, string runId, Func<RunRow, RunRow> change, CancellationToken cancellationToken)
        => ledger.ChangeRunAsync(runId, row => row.Status is RunStatus.Running ? change(row) : row, cancellationToken);

    public static async Task<RunRow> ChangeRunAsync(
        this IRunLedger ledger, string runId, Func<RunRow, RunRow> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunRowMissingException(runId);
            RunRow changed = change(row);
            if (changed == row)
            {
                return row;
            }

            try
            {
                return await ledger.UpdateRunAsync(changed, cancellationToken);
            }
            catch (LedgerConflictException)
            {
                // Read what the other one wrote and apply the change to that.
            }
        }
    }

    /// <param name="change">Given null for an alias that nobody set yet; returns what it was given, or null, to leave it as it is.</param>
    /// <returns>The row as it is now; null when there is none.</returns>
    public static async Task<AliasRow?> ChangeAliasAsync(
        this IRunLedger ledger, string alias, Func<AliasRow?, AliasRow?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            AliasRow? row = await ledger.FindAliasAsync(alias, cancellationToken);
            AliasRow? changed = change(row);
            if (changed is null || changed == row)
            {
                return row;
            }

            try
            {
                await ledger.PutAliasAsync(changed, cancellationToken);
                return changed;
            }
            catch (LedgerConflictException)
            {
                // Read what the other one wrote and apply the change to that.
            }
        }
    }
}
