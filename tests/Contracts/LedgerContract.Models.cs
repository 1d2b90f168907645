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
    public async Task PutAliasAsync_KeepsTheWholeRow()
    {
        await Ledger.PutAliasAsync(Rows.Alias("ft:one"), Token);
        AliasRow one = (await Ledger.FindAliasAsync("support-bot", Token))!;

        await Ledger.PutAliasAsync(AliasRow.PointedAt(one, "support-bot", Newer, "ann", held: true, Rows.Noon), Token);

        AliasRow two = (await Ledger.FindAliasAsync("support-bot", Token))!;
        Assert.Equal(("support-bot", "ft:newer", Newer.CreatedAt, true), (two.Alias, two.ModelId, two.ModelCreatedAt, two.Held));
        Assert.Equal([("a run", null, "ft:one"), ("ann", "ft:one", "ft:newer")], two.History.Select(change => (change.By, change.From, change.To)));
    }

    [Fact]
    public async Task PutAliasAsync_Conflicts_WhenSomebodyElseWasFaster()
    {
        await Ledger.PutAliasAsync(Rows.Alias("ft:one"), Token);
        AliasRow read = (await Ledger.FindAliasAsync("support-bot", Token))!;
        await Ledger.PutAliasAsync(read with { ModelId = "ft:two" }, Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.PutAliasAsync(read with { ModelId = "ft:three" }, Token));
        await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.PutAliasAsync(Rows.Alias("ft:four"), Token));

        Assert.Equal("ft:two", (await Ledger.FindAliasAsync("support-bot", Token))!.ModelId);
    }

    [Fact]
    public async Task PutAliasAsync_HoldsAFullHistory()
    {
        AliasRow? row = null;
        for (int i = 0; i < AliasRow.HistoryAtMost + 1; i++)
        {
            row = AliasRow.PointedAt(row, "support-bot", Rows.Model($"ft:{new string('m', 120)}:{i}", Rows.Noon), "somebody with a long name", held: true, Rows.Noon);
        }

        await Ledger.PutAliasAsync(row!, Token);

        Assert.Equal(row!.History, (await Ledger.FindAliasAsync("support-bot", Token))!.History);
    }

    [Fact]
    public async Task ListAliasesAsync_TellsEachAsItIsNow_ByName()
    {
        await Ledger.PutAliasAsync(Rows.Alias("ft:one"), Token);
        await Ledger.PutAliasAsync(Rows.Alias("ft:one") with { Alias = "Zebra" }, Token);
        await Ledger.PutAliasAsync(Rows.Alias("ft:one") with { Alias = "a b" }, Token);
        await Ledger.PutAliasAsync((await Ledger.FindAliasAsync("support-bot", Token))! with { ModelId = "ft:two" }, Token);

        AliasRow[] aliases = await Ledger.ListAliasesAsync(Token).ToArrayAsync(Token);

        Assert.Equal([("Zebra", "ft:one"), ("a b", "ft:one"), ("support-bot", "ft:two")], aliases.Select(row => (row.Alias, row.ModelId)));
        Assert.All(aliases, row => Assert.NotNull(row.ETag));
    }

    [Fact]
    public async Task FindAliasAsync_ReturnsNull_WhenNobodySetIt() => Assert.Null(await Ledger.FindAliasAsync("support-bot", Token));
}
