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
    public async Task PutAliasAsync_KeepsTheWholeRow()
    {
        using SqliteRunLedger ledger = Open();
        await ledger.PutAliasAsync(Rows.Alias("ft:one"), Token);
        AliasRow one = (await ledger.FindAliasAsync("support-bot", Token))!;

        await ledger.PutAliasAsync(AliasRow.PointedAt(one, "support-bot", Rows.Model("ft:two", Rows.Noon), "ann", held: true, Rows.Noon), Token);

        AliasRow two = (await ledger.FindAliasAsync("support-bot", Token))!;
        Assert.Equal(("support-bot", "ft:two", true), (two.Alias, two.ModelId, two.Held));
        Assert.Equal([("a run", null, "ft:one"), ("ann", "ft:one", "ft:two")], two.History.Select(change => (change.By, change.From, change.To)));
    }

    [Fact]
    public async Task PutAliasAsync_Conflicts_WhenSomebodyElseWasFaster()
    {
        using SqliteRunLedger ledger = Open();
        await ledger.PutAliasAsync(Rows.Alias("ft:one"), Token);
        AliasRow read = (await ledger.FindAliasAsync("support-bot", Token))!;
        await ledger.PutAliasAsync(read with { ModelId = "ft:two" }, Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => ledger.PutAliasAsync(read with { ModelId = "ft:three" }, Token));
        await Assert.ThrowsAsync<LedgerConflictException>(() => ledger.PutAliasAsync(Rows.Alias("ft:four"), Token));

        Assert.Equal("ft:two", (await ledger.FindAliasAsync("support-bot", Token))!.ModelId);
    }

    [Fact]
    public async Task FindAliasAsync_ReturnsNull_WhenNobodySetIt()
    {
        using SqliteRunLedger ledger = Open();

        Assert.Null(await ledger.FindAliasAsync("support-bot", Token));
    }

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
                PRAGMA user_version = 1;
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
