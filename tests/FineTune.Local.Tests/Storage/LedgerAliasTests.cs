using FineTune.Local.Storage;
using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Tests.Storage;

public sealed class LedgerAliasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_BringsAliasesAlong_WhenTheFirstReleaseWroteThem()
    {
        Open().Dispose();
        using (SqliteConnection file = new($"Data Source={_folder["ledger.db"]};Pooling=False"))
        {
            file.Open();
            file.Execute(
                """
                DROP TABLE aliases;
                CREATE TABLE aliases (alias TEXT NOT NULL PRIMARY KEY, model_id TEXT NOT NULL, model_created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                PRAGMA user_version = 2;
                """);
            file.Execute("INSERT INTO aliases VALUES ('support-bot', 'ft:old', $at)", ("$at", Rows.Noon.UtcTicks));
        }

        using SqliteRunLedger ledger = Open();

        AliasRow row = (await ledger.FindAliasAsync("support-bot", Token))!;
        Assert.Equal(("support-bot", "ft:old", Rows.Noon, false), (row.Alias, row.ModelId, row.ModelCreatedAt, row.Held));
        Assert.Equal(new AliasChange(Rows.Noon, "a run", From: null, "ft:old"), Assert.Single(row.History));
        await ledger.PutAliasAsync(row with { ModelId = "ft:new" }, Token);
    }

    private SqliteRunLedger Open() => new(_folder["ledger.db"]);
}
