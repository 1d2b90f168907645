using System.Text.Json;
using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Storage;

/// <summary>The ledger in one SQLite file, which several programs may use at once: <c>serve</c> writes while <c>list</c> and <c>cancel</c> look in.</summary>
public sealed class SqliteRunLedger : IRunLedger, IDisposable
{
    private readonly LedgerFile _file;

    /// <param name="path">The file is created when it is not there; its folder is not.</param>
    /// <exception cref="LedgerUnavailableException">The file cannot be used, or a newer program wrote it.</exception>
    public SqliteRunLedger(string path) => _file = new LedgerFile(path);

    public Task<bool> TryAddRunAsync(RunRow row, CancellationToken cancellationToken) => _file.WriteAsync(
        ledger => ledger.Execute(
            "INSERT INTO runs (run_id, created_at, body) VALUES ($id, $at, $body) ON CONFLICT (run_id) DO NOTHING",
            ("$id", row.RunId), ("$at", row.CreatedAt.UtcTicks), ("$body", ToBody(row))) == 1,
        cancellationToken);

    public Task<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) => _file.ReadAsync(
        ledger => ledger.Find("SELECT sequence, version, body FROM runs WHERE run_id = $id", ToRun, ("$id", runId)), cancellationToken);

    public IAsyncEnumerable<RunRow> ListRunsAsync(CancellationToken cancellationToken) => _file.ListAsync(
        ledger => ledger.Statement("SELECT sequence, version, body FROM runs ORDER BY created_at DESC, sequence DESC"),
        ToRun, cancellationToken);

    public async Task<RunRow> UpdateRunAsync(RunRow row, CancellationToken cancellationToken)
    {
        string name = $"Run '{row.RunId}'";
        RowVersion version = RowVersion.Parse(row.ETag, name);
        int changed = await _file.WriteAsync(
            ledger => ledger.Execute(
                """
                UPDATE runs SET version = version + 1, created_at = $at, body = $body
                WHERE run_id = $id AND sequence = $sequence AND version = $version
                """,
                ("$id", row.RunId), ("$sequence", version.Sequence), ("$version", version.Number),
                ("$at", row.CreatedAt.UtcTicks), ("$body", ToBody(row))),
            cancellationToken);
        return changed == 1 ? row with { ETag = version.Next.ToString() } : throw new LedgerConflictException(name);
    }

    public Task<SpendingClaim?> TryAddClaimAsync(SpendingClaim claim, CancellationToken cancellationToken) => _file.WriteAsync(
        ledger => ledger.Find(
            "INSERT INTO claims (key, body) VALUES ($key, $body) ON CONFLICT (key) DO NOTHING RETURNING sequence, version, body",
            ToClaim, ("$key", claim.Key), ("$body", ToBody(claim))),
        cancellationToken);

    public Task<SpendingClaim?> FindClaimAsync(string key, CancellationToken cancellationToken) => _file.ReadAsync(
        ledger => ledger.Find("SELECT sequence, version, body FROM claims WHERE key = $key", ToClaim, ("$key", key)), cancellationToken);

    public async Task<SpendingClaim> UpdateClaimAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        RowVersion version = RowVersion.Parse(claim.ETag, NameOf(claim));
        int changed = await _file.WriteAsync(
            ledger => ledger.Execute(
                "UPDATE claims SET version = version + 1, body = $body WHERE key = $key AND sequence = $sequence AND version = $version",
                ("$key", claim.Key), ("$sequence", version.Sequence), ("$version", version.Number), ("$body", ToBody(claim))),
            cancellationToken);
        return changed == 1 ? claim with { ETag = version.Next.ToString() } : throw new LedgerConflictException(NameOf(claim));
    }

    public Task<SharedRow?> FindSharedAsync(string group, string name, CancellationToken cancellationToken)
        => _file.ReadAsync(ledger => SharedRows.Find(ledger, group, name), cancellationToken);

    public IAsyncEnumerable<SharedRow> ListSharedAsync(string group, string prefix, CancellationToken cancellationToken)
        => _file.ListAsync(ledger => SharedRows.List(ledger, group, prefix), SharedRows.Read, cancellationToken);

    public Task WriteSharedAsync(IReadOnlyList<SharedRow> rows, CancellationToken cancellationToken)
        => _file.WriteAsync(ledger => SharedRows.Write(ledger, rows), cancellationToken);

    public Task AddEventsAsync(string runId, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken)
        => events.Count == 0 ? Task.CompletedTask : _file.WriteAsync(ledger => AddEvents(ledger, runId, events), cancellationToken);

    public IAsyncEnumerable<RunEvent> ListEventsAsync(string runId, CancellationToken cancellationToken) => _file.ListAsync(
        ledger => ledger.Statement("SELECT body FROM events WHERE run_id = $id ORDER BY created_at, sequence", ("$id", runId)),
        row => JsonSerializer.Deserialize(row.GetString(0), LedgerJson.Default.RunEvent)!, cancellationToken);

    public Task PutModelAsync(ModelRow model, CancellationToken cancellationToken) => _file.WriteAsync(
        ledger => ledger.Execute(
            """
            INSERT INTO models (model_id, created_at, body) VALUES ($id, $at, $body)
            ON CONFLICT (model_id) DO UPDATE SET created_at = excluded.created_at, body = excluded.body
            """,
            ("$id", model.ModelId), ("$at", model.CreatedAt.UtcTicks), ("$body", JsonSerializer.Serialize(model, LedgerJson.Default.ModelRow))),
        cancellationToken);

    public IAsyncEnumerable<ModelRow> ListModelsAsync(CancellationToken cancellationToken) => _file.ListAsync(
        ledger => ledger.Statement("SELECT body FROM models ORDER BY created_at DESC, sequence DESC"),
        row => JsonSerializer.Deserialize(row.GetString(0), LedgerJson.Default.ModelRow)!, cancellationToken);

    public IAsyncEnumerable<AliasRow> ListAliasesAsync(CancellationToken cancellationToken) => _file.ListAsync(
        ledger => ledger.Statement("SELECT sequence, version, body FROM aliases ORDER BY alias"), ToAlias, cancellationToken);

    public Task<AliasRow?> FindAliasAsync(string alias, CancellationToken cancellationToken) => _file.ReadAsync(
        ledger => ledger.Find("SELECT sequence, version, body FROM aliases WHERE alias = $alias", ToAlias, ("$alias", alias)), cancellationToken);

    public async Task PutAliasAsync(AliasRow row, CancellationToken cancellationToken)
    {
        string name = $"The alias '{row.Alias}'";
        RowVersion? version = row.ETag is null ? null : RowVersion.Parse(row.ETag, name);
        int changed = await _file.WriteAsync(
            ledger => version is null
                ? ledger.Execute(
                    "INSERT INTO aliases (alias, body) VALUES ($alias, $body) ON CONFLICT (alias) DO NOTHING",
                    ("$alias", row.Alias), ("$body", ToBody(row)))
                : ledger.Execute(
                    "UPDATE aliases SET version = version + 1, body = $body WHERE alias = $alias AND sequence = $sequence AND version = $version",
                    ("$alias", row.Alias), ("$sequence", version.Value.Sequence), ("$version", version.Value.Number), ("$body", ToBody(row))),
            cancellationToken);
        if (changed == 0)
        {
            throw new LedgerConflictException(name);
        }
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
        => _file.WriteAsync(ledger => DeleteRun(ledger, runId), cancellationToken);

    public void Dispose() => _file.Dispose();

    private static int AddEvents(SqliteConnection ledger, string runId, IReadOnlyList<RunEvent> events)
    {
        using SqliteTransaction transaction = ledger.BeginTransaction(deferred: false);
        int added = events.Sum(item => ledger.Execute(
            """
            INSERT INTO events (run_id, event_id, created_at, body) VALUES ($run, $id, $at, $body)
            ON CONFLICT (run_id, event_id) DO NOTHING
            """,
            ("$run", runId), ("$id", item.Id), ("$at", item.CreatedAt.UtcTicks),
            ("$body", JsonSerializer.Serialize(item, LedgerJson.Default.RunEvent))));
        transaction.Commit();
        return added;
    }

    private static int DeleteRun(SqliteConnection ledger, string runId)
    {
        using SqliteTransaction transaction = ledger.BeginTransaction(deferred: false);
        ledger.Execute("DELETE FROM events WHERE run_id = $id", ("$id", runId));
        int deleted = ledger.Execute("DELETE FROM runs WHERE run_id = $id", ("$id", runId));
        transaction.Commit();
        return deleted;
    }

    private static RunRow ToRun(SqliteDataReader row)
        => JsonSerializer.Deserialize(row.GetString(2), LedgerJson.Default.RunRow)! with { ETag = RowVersion.Of(row).ToString() };

    private static SpendingClaim ToClaim(SqliteDataReader row)
        => JsonSerializer.Deserialize(row.GetString(2), LedgerJson.Default.SpendingClaim)! with { ETag = RowVersion.Of(row).ToString() };

    private static AliasRow ToAlias(SqliteDataReader row)
        => JsonSerializer.Deserialize(row.GetString(2), LedgerJson.Default.AliasRow)! with { ETag = RowVersion.Of(row).ToString() };

    private static string ToBody(RunRow row) => JsonSerializer.Serialize(row with { ETag = null }, LedgerJson.Default.RunRow);

    private static string ToBody(SpendingClaim claim) => JsonSerializer.Serialize(claim with { ETag = null }, LedgerJson.Default.SpendingClaim);

    private static string ToBody(AliasRow row) => JsonSerializer.Serialize(row with { ETag = null }, LedgerJson.Default.AliasRow);

    private static string NameOf(SpendingClaim claim) => $"The spending claim '{claim.Key}'";
}
