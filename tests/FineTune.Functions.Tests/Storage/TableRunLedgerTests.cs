using Azure.Data.Tables;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;

namespace FineTune.Functions.Tests.Storage;

public sealed class TableRunLedgerTests(Azurite azurite) : LedgerContract
{
    private readonly string _prefix = $"T{Guid.NewGuid():N}";
    private TableServiceClient? _service;

    [Fact]
    public async Task TryAddRunAsync_LeavesOneRow_WhenAHundredStartAtOnce()
    {
        IRunLedger other = await OpenAsync();

        bool[] added = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(
            () => (i % 2 == 0 ? Ledger : other).TryAddRunAsync(Rows.Run("run-1", Rows.Noon.AddSeconds(i)), Token), Token)));

        Assert.Single(added, isNew => isNew);
        Assert.Single(await Ledger.ListRunsAsync(Token).ToListAsync(Token));
        Assert.Equal(2, await CountRowsAsync("Runs"));
    }

    [Fact]
    public async Task AddEventsAsync_KeepsOrder_WhenTheyTakeSeveralBatches()
    {
        RunEvent[] events = [.. Enumerable.Range(0, 250).Reverse().Select(i => Rows.Event(i))];
        await Ledger.AddEventsAsync("run-1", events[..120], Token);

        await Ledger.AddEventsAsync("run-1", events, Token);

        Assert.Equal(events, await Ledger.ListEventsAsync("run-1", Token).ToArrayAsync(Token));
        Assert.Equal(events.Length + 1, await CountRowsAsync("Events"));
    }

    [Fact]
    public async Task AddEventsAsync_FitsTheBatch_WhenTheWordsAreLong()
    {
        RunEvent[] events = [.. Enumerable.Range(0, 60).Select(i => Rows.Event(i) with { Message = new string('語', 20_000) })];

        await Ledger.AddEventsAsync("run-1", events, Token);

        Assert.Equal(events, await Ledger.ListEventsAsync("run-1", Token).ToArrayAsync(Token));
    }

    [Theory]
    [InlineData(31_999)]
    [InlineData(32_001)]
    [InlineData(400_000)]
    public async Task TryAddRunAsync_KeepsEveryWord_WhenTheRowIsLongerThanOneColumn(int length)
    {
        RunRow row = Rows.Run("run-1") with { Detail = new string('x', length) + "🙂" };

        await Ledger.TryAddRunAsync(row, Token);

        Assert.Equal(row.Detail, (await Ledger.FindRunAsync("run-1", Token))!.Detail);
    }

    [Fact]
    public async Task TryAddRunAsync_SaysWhatToShorten_WhenTheRowIsLongerThanATableHolds()
    {
        RunRow row = Rows.Run("run-1") with { Detail = new string('x', 500_000) };

        var refusal = await Assert.ThrowsAsync<RowTooLargeException>(() => Ledger.TryAddRunAsync(row, Token));

        Assert.Contains("a table holds at most 448,000. Shorten", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateRunAsync_LeavesNothingOfALongerRow_WhenItBecomesShort()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1") with { Detail = new string('x', 100_000) }, Token);
        RunRow row = (await Ledger.FindRunAsync("run-1", Token))!;

        row = await Ledger.UpdateRunAsync(row with { Detail = "short" }, Token);

        Assert.Equal(row, await Ledger.FindRunAsync("run-1", Token));
    }

    [Fact]
    public async Task DeleteRunAsync_LeavesNoRow_HoweverManyEventsThereAre()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);
        await Ledger.AddEventsAsync("run-1", [.. Enumerable.Range(0, 150).Select(i => Rows.Event(i))], Token);

        await Ledger.DeleteRunAsync("run-1", Token);
        await Ledger.DeleteRunAsync("run-1", Token);

        Assert.Equal((0, 0), (await CountRowsAsync("Runs"), await CountRowsAsync("Events")));
    }

    [Theory]
    [MemberData(nameof(TextsFromHell))]
    public async Task EveryKey_HoldsAnyText(string text)
    {
        ModelRow model = Rows.Model(text, Rows.Noon);
        await Ledger.PutModelAsync(model, Token);
        await Ledger.PutAliasAsync(AliasRow.PointedAt(null, text, model, text, held: true, Rows.Noon), Token);
        await Ledger.TryAddClaimAsync(Rows.Claim(text), Token);
        await Ledger.TryAddRunAsync(Rows.Run(text), Token);
        await Ledger.AddEventsAsync(text, [Rows.Event(1) with { Id = text }], Token);

        Assert.Equal([model], await Ledger.ListModelsAsync(Token).ToListAsync(Token));
        Assert.Equal(text, (await Ledger.FindAliasAsync(text, Token))?.ModelId);
        Assert.Equal(text, (await Ledger.FindClaimAsync(text, Token))?.Key);
        Assert.Equal(text, (await Ledger.FindRunAsync(text, Token))?.RunId);
        Assert.Equal(text, (await Ledger.ListEventsAsync(text, Token).SingleAsync(Token)).Id);
    }

    public static TheoryData<string> TextsFromHell =>
    [
        "", "a/b\\c#d?e", "%2F%23", "it's \"quoted\"", "tab\there\r\n", "\u0001\u007f\u0085", "語-ñ-🙂", "~002f", "~~", " ", "..",
        new string('x', 1_024), string.Concat(Enumerable.Repeat("語/", 512)),
    ];

    protected override async ValueTask<IRunLedger> OpenAsync()
    {
        _service ??= new TableServiceClient(await azurite.ConnectAsync(Token));
        TableRunLedger ledger = new(_service, _prefix);
        await ledger.CreateTablesAsync(Token);
        return ledger;
    }

    private async Task<int> CountRowsAsync(string table)
        => await _service!.GetTableClient(_prefix + table).QueryAsync<TableEntity>(cancellationToken: Token).CountAsync(Token);
}
