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
}
