namespace FineTune.Ports;

/// <summary>What must not be lost: runs, the money lock, what runs share, events, models and aliases. Table storage or SQLite.</summary>
/// <remarks>Rows with an ETag are written only over the version that was read; every other write may be repeated without harm.</remarks>
public interface IRunLedger
{
    /// <summary>False when a run with this id is there already.</summary>
    Task<bool> TryAddRunAsync(RunRow row, CancellationToken cancellationToken);

    Task<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    IAsyncEnumerable<RunRow> ListRunsAsync(CancellationToken cancellationToken);

    /// <summary>Writes over the version that <paramref name="row"/> was read as, and returns the new version.</summary>
    /// <exception cref="LedgerConflictException">Somebody else was faster: read again.</exception>
    Task<RunRow> UpdateRunAsync(RunRow row, CancellationToken cancellationToken);

    /// <summary>Null when the key is taken.</summary>
    Task<SpendingClaim?> TryAddClaimAsync(SpendingClaim claim, CancellationToken cancellationToken);

    Task<SpendingClaim?> FindClaimAsync(string key, CancellationToken cancellationToken);

    /// <exception cref="LedgerConflictException">Somebody else was faster: read again.</exception>
    Task<SpendingClaim> UpdateClaimAsync(SpendingClaim claim, CancellationToken cancellationToken);

    /// <summary>Null when there is no such row.</summary>
    Task<SharedRow?> FindSharedAsync(string group, string name, CancellationToken cancellationToken);

    /// <summary>In the ordinal order of their names.</summary>
    /// <param name="prefix">Only names that start like this; empty for the whole group.</param>
    IAsyncEnumerable<SharedRow> ListSharedAsync(string group, string prefix, CancellationToken cancellationToken);

    /// <summary>Inserts, writes over or removes rows of one group, each only as it was read: all of them or none. At most 100.</summary>
    /// <exception cref="LedgerConflictException">Somebody else was faster with one of them: read again.</exception>
    Task WriteSharedAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken);

    /// <summary>Adds, in the given order, those events the run does not have yet: all of them or none.</summary>
    /// <remarks>Of more than fit one batch of a table (99, or 3.5 MB) a crash may leave the first; the same call, made again, adds the rest.</remarks>
    Task AddEventsAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    IAsyncEnumerable<RunEvent> ListEventsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Adds the model or writes over its row.</summary>
    Task PutModelAsync(ModelRow model, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    IAsyncEnumerable<ModelRow> ListModelsAsync(CancellationToken cancellationToken);

    /// <summary>In the ordinal order of their names.</summary>
    IAsyncEnumerable<AliasRow> ListAliasesAsync(CancellationToken cancellationToken);

    /// <summary>Null when nobody set it.</summary>
    Task<AliasRow?> FindAliasAsync(string alias, CancellationToken cancellationToken);

    /// <summary>Adds a row that has no ETag, and writes one that has over the version that was read.</summary>
    /// <exception cref="LedgerConflictException">Somebody else was faster: read again.</exception>
    Task PutAliasAsync(AliasRow row, CancellationToken cancellationToken);

    /// <summary>Forgets a run: its events, then its row. Claim and model stay. Forgetting it twice is no error.</summary>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken);
}
