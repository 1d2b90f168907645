using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class LedgerSharedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRunLedger _ledger;

    public LedgerSharedTests() => _ledger = new SqliteRunLedger(_folder["ledger.db"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WriteSharedAsync_InsertsWritesOverAndRemoves_Together()
    {
        await WriteAsync(New("sum", "1"), New("run-1", "a"));
        SharedRow sum = (await FindAsync("sum"))!;
        SharedRow first = (await FindAsync("run-1"))!;

        await WriteAsync(sum with { Body = "2" }, first with { Body = null }, New("run-2", "b"));

        Assert.Equal("2", (await FindAsync("sum"))!.Body);
        Assert.Equal(["run-2", "sum"], await NamesAsync());
    }

    [Fact]
    public async Task WriteSharedAsync_ChangesNothing_WhenOneRowWasWrittenMeanwhile()
    {
        await WriteAsync(New("sum", "1"));
        SharedRow sum = (await FindAsync("sum"))!;
        await WriteAsync(sum with { Body = "2" });

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteAsync(New("run-1", "a"), sum with { Body = "3" }));

        Assert.Equal("2", (await FindAsync("sum"))!.Body);
        Assert.Equal(["sum"], await NamesAsync());
    }

    [Fact]
    public async Task WriteSharedAsync_RefusesToInsert_WhenTheRowIsThere()
    {
        await WriteAsync(New("run-1", "a"));

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteAsync(New("run-1", "b")));

        Assert.Equal("a", (await FindAsync("run-1"))!.Body);
    }

    [Fact]
    public async Task WriteSharedAsync_RefusesTheLockOfARemovedRow_WhenItsNameIsTakenAgain()
    {
        await WriteAsync(New("run-1", "a"));
        SharedRow old = (await FindAsync("run-1"))!;
        await WriteAsync(old with { Body = null });
        await WriteAsync(New("run-1", "b"));

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteAsync(old with { Body = "c" }));
    }

    [Fact]
    public async Task WriteSharedAsync_LosesNoWrite_WhenManyWriteOneRowThroughTwoLedgers()
    {
        await WriteAsync(New("sum", "0"));
        using SqliteRunLedger other = new(_folder["ledger.db"]);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => AddOneAsync(i % 2 == 0 ? _ledger : other), Token)));

        Assert.Equal("16", (await FindAsync("sum"))!.Body);
    }

    [Fact]
    public async Task ListSharedAsync_GoesByName_WithinItsGroupAndPrefix()
    {
        await WriteAsync(New("wait-2", ""), New("wait-10", ""), New("WAIT-1", ""), New("waiting", ""), New("slot-1", ""));
        await WriteAsync(new SharedRow("another", "wait-3", ""));

        Assert.Equal(["wait-10", "wait-2"], await NamesAsync("wait-"));
        Assert.Equal(["WAIT-1", "slot-1", "wait-10", "wait-2", "waiting"], await NamesAsync());
    }

    private static SharedRow New(string name, string body) => new("group", name, body);

    private static async Task AddOneAsync(SqliteRunLedger ledger)
    {
        while (true)
        {
            SharedRow sum = (await ledger.FindSharedAsync("group", "sum", Token))!;
            try
            {
                await ledger.WriteSharedAsync([sum with { Body = $"{int.Parse(sum.Body!, null) + 1}" }], Token);
                return;
            }
            catch (LedgerConflictException)
            {
                // Another one was faster.
            }
        }
    }

    private Task WriteAsync(params SharedRow[] rows) => _ledger.WriteSharedAsync(rows, Token);

    private Task<SharedRow?> FindAsync(string name) => _ledger.FindSharedAsync("group", name, Token);

    private async Task<string[]> NamesAsync(string prefix = "")
        => await _ledger.ListSharedAsync("group", prefix, Token).Select(row => row.Name).ToArrayAsync(Token);
}
