using FineTune.Ports;

namespace FineTune.Tests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task WriteSharedAsync_InsertsWritesOverAndRemoves_Together()
    {
        await WriteSharedAsync(NewShared("sum", "1"), NewShared("run-1", "a"));
        SharedRow sum = (await FindSharedAsync("sum"))!;
        SharedRow first = (await FindSharedAsync("run-1"))!;

        await WriteSharedAsync(sum with { Body = "2" }, first with { Body = null }, NewShared("run-2", "b"));

        Assert.Equal("2", (await FindSharedAsync("sum"))!.Body);
        Assert.Equal(["run-2", "sum"], await NamesOfSharedAsync());
    }

    [Fact]
    public async Task WriteSharedAsync_ChangesNothing_WhenOneRowWasWrittenMeanwhile()
    {
        await WriteSharedAsync(NewShared("sum", "1"));
        SharedRow sum = (await FindSharedAsync("sum"))!;
        await WriteSharedAsync(sum with { Body = "2" });

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteSharedAsync(NewShared("run-1", "a"), sum with { Body = "3" }));

        Assert.Equal("2", (await FindSharedAsync("sum"))!.Body);
        Assert.Equal(["sum"], await NamesOfSharedAsync());
    }

    [Fact]
    public async Task WriteSharedAsync_RefusesToInsert_WhenTheRowIsThere()
    {
        await WriteSharedAsync(NewShared("run-1", "a"));

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteSharedAsync(NewShared("run-1", "b")));

        Assert.Equal("a", (await FindSharedAsync("run-1"))!.Body);
    }

    [Fact]
    public async Task WriteSharedAsync_RefusesTheLockOfARemovedRow_WhenItsNameIsTakenAgain()
    {
        await WriteSharedAsync(NewShared("run-1", "a"));
        SharedRow old = (await FindSharedAsync("run-1"))!;
        await WriteSharedAsync(old with { Body = null });
        await WriteSharedAsync(NewShared("run-1", "b"));

        await Assert.ThrowsAsync<LedgerConflictException>(() => WriteSharedAsync(old with { Body = "c" }));
    }

    [Fact]
    public async Task WriteSharedAsync_LosesNoWrite_WhenManyWriteOneRowThroughTwoLedgers()
    {
        await WriteSharedAsync(NewShared("sum", "0"));
        IRunLedger other = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => AddOneToSumAsync(i % 2 == 0 ? Ledger : other), Token)));

        Assert.Equal("16", (await FindSharedAsync("sum"))!.Body);
    }

    [Fact]
    public async Task ListSharedAsync_GoesByName_WithinItsGroupAndPrefix()
    {
        await WriteSharedAsync(NewShared("wait-2", ""), NewShared("wait-10", ""), NewShared("WAIT-1", ""), NewShared("waiting", ""), NewShared("slot-1", ""));
        await WriteSharedAsync(new SharedRow("another", "wait-3", ""));

        Assert.Equal(["wait-10", "wait-2"], await NamesOfSharedAsync("wait-"));
        Assert.Equal(["WAIT-1", "slot-1", "wait-10", "wait-2", "waiting"], await NamesOfSharedAsync());
    }

    private static SharedRow NewShared(string name, string body) => new("group", name, body);

    private static async Task AddOneToSumAsync(IRunLedger ledger)
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

    private Task WriteSharedAsync(params SharedRow[] rows) => Ledger.WriteSharedAsync(rows, Token);

    private Task<SharedRow?> FindSharedAsync(string name) => Ledger.FindSharedAsync("group", name, Token);

    private async Task<string[]> NamesOfSharedAsync(string prefix = "")
        => await Ledger.ListSharedAsync("group", prefix, Token).Select(row => row.Name).ToArrayAsync(Token);
}
