using FineTune.Ports;

namespace FineTune.Tests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task ListEventsAsync_IsInTheProvidersOrder_WhenManyShareOneSecond()
    {
        await Ledger.AddEventsAsync("run-1", [Rows.Event(9, second: 1), Rows.Event(3, second: 1)], Token);
        await Ledger.AddEventsAsync("run-1", [Rows.Event(7, second: 0), Rows.Event(1, second: 1)], Token);

        Assert.Equal(["ev-7", "ev-9", "ev-3", "ev-1"], await IdsAsync("run-1"));
    }

    [Fact]
    public async Task AddEventsAsync_KeepsEachEventOnceAndInOrder_WhenPagesComeTwiceAndAtOnce()
    {
        IRunLedger other = await OpenAsync();
        RunEvent[] all = [.. Enumerable.Range(0, 200).Select(i => Rows.Event(i, second: i))];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => (i % 2 == 0 ? Ledger : other).AddEventsAsync("run-1", all[(i % 10 * 15)..((i % 10 * 15) + 65)], Token), Token)));

        Assert.Equal(all.Select(item => item.Id), await IdsAsync("run-1"));
    }

    [Fact]
    public async Task AddEventsAsync_KeepsRunsApart_WhenEventsHaveTheSameId()
    {
        await Ledger.AddEventsAsync("run-1", [Rows.Event(1)], Token);
        await Ledger.AddEventsAsync("run-2", [Rows.Event(1), Rows.Event(2)], Token);

        Assert.Equal(["ev-1"], await IdsAsync("run-1"));
        Assert.Equal(["ev-1", "ev-2"], await IdsAsync("run-2"));
        Assert.Empty(await IdsAsync("run-3"));
    }

    [Fact]
    public async Task AddEventsAsync_AddsNothing_WhenOneEventCannotBeStored()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.AddEventsAsync("run-1", [Rows.Event(1), Rows.Event(2) with { Id = null! }], Token));
        Assert.Empty(await IdsAsync("run-1"));

        await Ledger.AddEventsAsync("run-1", [Rows.Event(1)], Token);
        Assert.Equal(["ev-1"], await IdsAsync("run-1"));
    }

    [Fact]
    public async Task ListEventsAsync_ReturnsMetricsAsTheyCame_EvenWhenTrainingDiverged()
    {
        Dictionary<string, double> metrics = new() { ["step"] = 3, ["train_loss"] = 0.1 + 0.2, ["valid_loss"] = double.NaN, ["x"] = double.PositiveInfinity };
        await Ledger.AddEventsAsync("run-1", [Rows.Event(1) with { Type = "metrics", Metrics = metrics }], Token);

        RunEvent found = await Ledger.ListEventsAsync("run-1", Token).SingleAsync(Token);

        Assert.Equal(metrics, found.Metrics);
        Assert.Equal("metrics", found.Type);
    }

    private async Task<string[]> IdsAsync(string runId)
        => await Ledger.ListEventsAsync(runId, Token).Select(item => item.Id).ToArrayAsync(Token);
}
