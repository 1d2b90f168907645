using Azure.Data.Tables;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>The ledger in Azure Table storage; <c>docs/table-schema.md</c> says what stands where.</summary>
public sealed class TableRunLedger : IRunLedger
{
    private readonly TableClient[] _tables;
    private readonly RunTable _runs;
    private readonly ClaimTable _claims;
    private readonly SharedTable _shared;
    private readonly EventTable _events;
    private readonly ModelTable _models;
    private readonly AliasTable _aliases;

    /// <param name="prefix">Of the tables' names, 3–40 letters and digits: tells the ledgers of several apps in one account apart.</param>
    public TableRunLedger(TableServiceClient service, string prefix = "FineTune")
    {
        TableClient runs = service.GetTableClient(prefix + "Runs");
        TableClient claims = service.GetTableClient(prefix + "Claims");
        TableClient shared = service.GetTableClient(prefix + "Shared");
        TableClient events = service.GetTableClient(prefix + "Events");
        TableClient models = service.GetTableClient(prefix + "Models");
        TableClient aliases = service.GetTableClient(prefix + "Aliases");
        (_runs, _claims, _shared) = (new(runs), new(claims), new(shared));
        (_events, _models, _aliases) = (new(events), new(models), new(aliases));
        _tables = [runs, claims, shared, events, models, aliases];
    }

    /// <summary>Makes the tables that are not there yet.</summary>
    public Task CreateTablesAsync(CancellationToken cancellationToken)
        => Task.WhenAll(_tables.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));

    public Task<bool> TryAddRunAsync(RunRow row, CancellationToken cancellationToken) => _runs.TryAddAsync(row, cancellationToken);

    public Task<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) => _runs.FindAsync(runId, cancellationToken);

    /// <summary>Newest first; those of one instant in the order of their ids.</summary>
    public IAsyncEnumerable<RunRow> ListRunsAsync(CancellationToken cancellationToken) => _runs.ListAsync(cancellationToken);

    public Task<RunRow> UpdateRunAsync(RunRow row, CancellationToken cancellationToken) => _runs.UpdateAsync(row, cancellationToken);

    public Task<SpendingClaim?> TryAddClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
        => _claims.TryAddAsync(claim, cancellationToken);

    public Task<SpendingClaim?> FindClaimAsync(string key, CancellationToken cancellationToken) => _claims.FindAsync(key, cancellationToken);

    public Task<SpendingClaim> UpdateClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
        => _claims.UpdateAsync(claim, cancellationToken);

    public Task<SharedRow?> FindSharedAsync(string group, string name, CancellationToken cancellationToken)
        => _shared.FindAsync(group, name, cancellationToken);

    public IAsyncEnumerable<SharedRow> ListSharedAsync(string group, string prefix, CancellationToken cancellationToken)
        => _shared.ListAsync(group, prefix, cancellationToken);

    public Task WriteSharedAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken)
        => _shared.WriteAsync(rows, cancellationToken);

    public Task AddEventsAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken)
        => _events.AddAsync(runId, events, cancellationToken);

    public IAsyncEnumerable<RunEvent> ListEventsAsync(string runId, CancellationToken cancellationToken)
        => _events.ListAsync(runId, cancellationToken);

    public Task PutModelAsync(ModelRow model, CancellationToken cancellationToken) => _models.PutAsync(model, cancellationToken);

    public IAsyncEnumerable<ModelRow> ListModelsAsync(CancellationToken cancellationToken) => _models.ListAsync(cancellationToken);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(CancellationToken cancellationToken) => _aliases.ListAsync(cancellationToken);

    public Task<AliasRow?> FindAliasAsync(string alias, CancellationToken cancellationToken) => _aliases.FindAsync(alias, cancellationToken);

    public Task PutAliasAsync(AliasRow row, CancellationToken cancellationToken) => _aliases.PutAsync(row, cancellationToken);

    /// <summary>The events first: while the run is there, somebody knows of them.</summary>
    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        await _events.DeleteAsync(runId, cancellationToken);
        await _runs.DeleteAsync(runId, cancellationToken);
    }
}
