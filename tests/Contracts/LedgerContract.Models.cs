using FineTune.Ports;

namespace FineTune.Tests.Contracts;

public abstract partial class LedgerContract
{
    private static readonly ModelRow Older = Rows.Model("ft:older", Rows.Noon);
    private static readonly ModelRow Newer = Rows.Model("ft:newer", Rows.Noon.AddMinutes(1));


    [Fact]
    public async Task ListModelsAsync_IsNewestFirst_AndTellsEachModelOnce()
    {
        ModelRow corrected = Older with { TrainedTokens = 15, Alias = "support-bot" };
        foreach (ModelRow model in new[] { Older, Newer, corrected, corrected })
        {
            await Ledger.PutModelAsync(model, Token);
        }

        Assert.Equal([Newer, corrected], await Ledger.ListModelsAsync(Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task PutAliasAsync_GoesForward_WhenANewerModelComes()
    {
        await Ledger.PutAliasAsync("support-bot", Older, Token);
        await Ledger.PutAliasAsync("support-bot", Newer, Token);

        Assert.Equal("ft:newer", await Ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task PutAliasAsync_NeverGoesBack_WhenAnOlderModelComesLate()
    {
        await Ledger.PutAliasAsync("support-bot", Newer, Token);
        await Ledger.PutAliasAsync("support-bot", Older, Token);

        Assert.Equal("ft:newer", await Ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task PutAliasAsync_TakesTheLaterCall_WhenBothModelsAreEquallyOld()
    {
        await Ledger.PutAliasAsync("support-bot", Older, Token);
        await Ledger.PutAliasAsync("support-bot", Rows.Model("ft:twin", Older.CreatedAt), Token);

        Assert.Equal("ft:twin", await Ledger.FindAliasAsync("support-bot", Token));
    }

    [Fact]
    public async Task FindAliasAsync_ReturnsNull_WhenNobodySetIt() => Assert.Null(await Ledger.FindAliasAsync("support-bot", Token));
}
