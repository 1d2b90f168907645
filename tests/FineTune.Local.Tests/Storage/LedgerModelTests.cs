using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class LedgerModelTests : IDisposable
{
    private static readonly ModelRow Older = Rows.Model("ft:older", Rows.Noon);
    private static readonly ModelRow Newer = Rows.Model("ft:newer", Rows.Noon.AddMinutes(1));

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRunLedger _ledger;

    public LedgerModelTests() => _ledger = new SqliteRunLedger(_folder["ledger.db"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ListModelsAsync_IsNewestFirst_AndTellsEachModelOnce()
    {
        ModelRow corrected = Older with { TrainedTokens = 15, Alias = "support-bot" };
        foreach (ModelRow model in new[] { Older, Newer, corrected, corrected })
        {
            await _ledger.PutModelAsync(model, Token);
        }

        Assert.Equal([Newer, corrected], await _ledger.ListModelsAsync(Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task PutAliasAsync_GoesForward_WhenANewerModelComes()
    {
        await _ledger.PutAliasAsync("support-bot", Older, Token);
        await _ledger.PutAliasAsync("support-bot", Newer, Token);

        Assert.Equal("ft:newer", await _ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task PutAliasAsync_NeverGoesBack_WhenAnOlderModelComesLate()
    {
        await _ledger.PutAliasAsync("support-bot", Newer, Token);
        await _ledger.PutAliasAsync("support-bot", Older, Token);

        Assert.Equal("ft:newer", await _ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task PutAliasAsync_TakesTheLaterCall_WhenBothModelsAreEquallyOld()
    {
        await _ledger.PutAliasAsync("support-bot", Older, Token);
        await _ledger.PutAliasAsync("support-bot", Rows.Model("ft:twin", Older.CreatedAt), Token);

        Assert.Equal("ft:twin", await _ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task FindAliasAsync_ReturnsNull_WhenNobodySetIt() => Assert.Null(await _ledger.FindAliasAsync("support-bot", Token));
}
