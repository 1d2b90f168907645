using FineTune.Core.Tests.Fakes;
using FineTune.Spending;

namespace FineTune.Core.Tests.Spending;

/// <summary>A month's sum and its shares never drift apart, whoever writes at once and whatever is repeated.</summary>
public sealed class MonthBudgetTests
{
    private const string Month = "2026-11";

    private readonly InMemoryLedger _ledger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MonthBudget Budget => new(_ledger);

    [Fact]
    public async Task TryReserveAsync_LetsNobodyBeyondTheLimit_WhenManyTryAtOnce()
    {
        bool[] granted = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => ReserveAsync($"run-{i}", 3, limit: 10), Token)));

        Assert.Equal(3, granted.Count(one => one));
        Assert.Equal(9, await CommittedAsync());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(10.01, false)]
    public async Task TryReserveAsync_TakesTheBudgetToTheCent(double amount, bool expected)
        => Assert.Equal(expected, await ReserveAsync("run-1", (decimal)amount, limit: 10));

    [Fact]
    public async Task TryReserveAsync_CountsARunOnce_HoweverOftenItAsks()
    {
        await ReserveAsync("run-1", 6, limit: 10);

        Assert.True(await ReserveAsync("run-1", 6, limit: 10));
        Assert.Equal(6, await CommittedAsync());
    }

    [Fact]
    public async Task TryReserveAsync_GoesBeyondTheLimit_WhenAPersonAllowedIt()
    {
        Assert.True(await ReserveAsync("run-1", 60, limit: null));
        Assert.False(await ReserveAsync("run-2", 1, limit: 10));
        Assert.Equal(60, await CommittedAsync());
    }

    [Fact]
    public async Task SettleAsync_PutsTheBillInThePlaceOfTheEstimate_Once()
    {
        await ReserveAsync("run-1", 6, limit: 10);
        await ReserveAsync("run-2", 4, limit: 10);

        Assert.True(await Budget.SettleAsync(Month, "run-1", 1.5m, Token));
        Assert.False(await Budget.SettleAsync(Month, "run-1", 0, Token));

        Assert.Equal(5.5m, await CommittedAsync());
        Assert.True(await ReserveAsync("run-3", 4.5m, limit: 10));
    }

    [Fact]
    public async Task SettleAsync_ChangesNothing_ForARunWithoutAShare()
    {
        await ReserveAsync("run-1", 6, limit: 10);

        Assert.False(await Budget.SettleAsync(Month, "run-2", 3, Token));
        Assert.Equal(6, await CommittedAsync());
    }

    [Fact]
    public async Task Months_AreCountedApart_InUtc()
    {
        await ReserveAsync("run-1", 6, limit: 10);

        Assert.Equal(0, await Budget.CommittedAsync("2026-12", Token));
        Assert.Equal("2026-12", MonthBudget.MonthOf(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.FromHours(-5))));
    }

    private Task<bool> ReserveAsync(string run, decimal amount, decimal? limit) => Budget.TryReserveAsync(Month, run, amount, limit, Token);

    private Task<decimal> CommittedAsync() => Budget.CommittedAsync(Month, Token);
}
