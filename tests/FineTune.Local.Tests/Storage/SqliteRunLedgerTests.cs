using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class SqliteRunLedgerTests : LedgerContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteRunLedger> _ledgers = [];

    public override async ValueTask DisposeAsync()
    {
        _ledgers.ForEach(ledger => ledger.Dispose());
        _folder.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.one")]
    [InlineData("1.1.1")]
    [InlineData("2.1")]
    public async Task UpdateRunAsync_IsRefused_WhenTheETagHasTheFormOfAnotherRows(string etag)
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.UpdateRunAsync(Rows.Run("run-1") with { ETag = etag }, Token));
    }

    [Fact]
    public async Task ListRunsAsync_PutsWhatWasAddedLaterFirst_WithinOneInstant()
    {
        await Ledger.TryAddRunAsync(Rows.Run("earlier"), Token);
        await Ledger.TryAddRunAsync(Rows.Run("later"), Token);

        Assert.Equal(["later", "earlier"], await Ledger.ListRunsAsync(Token).Select(run => run.RunId).ToArrayAsync(Token));
    }

    protected override ValueTask<IRunLedger> OpenAsync()
    {
        _ledgers.Add(new SqliteRunLedger(_folder["ledger.db"]));
        return ValueTask.FromResult<IRunLedger>(_ledgers[^1]);
    }
}
