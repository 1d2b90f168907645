using FineTune.Ports;

namespace FineTune.Tests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task TryAddRunAsync_KeepsTheFirst_WhenTheIdIsThereAlready()
    {
        Assert.True(await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token));
        Assert.False(await Ledger.TryAddRunAsync(Rows.Run("run-1") with { Detail = "second" }, Token));

        Assert.Null((await FindAsync("run-1")).Detail);
    }

    [Fact]
    public async Task FindRunAsync_ReturnsEveryField()
    {
        RunRow row = Rows.Run("run-1") with
        {
            Spec = new FineTuneSpec
            {
                Model = "gpt-4.1-2025-04-14",
                Method = TrainingMethod.Preference,
                Hyperparameters = new Hyperparameters(3, 8, 0.1, 0.5),
                Suffix = "bot",
                Seed = 7,
                ValidationDataset = "support.validation.jsonl",
                Alias = "support-bot",
                Generation = "2",
            },
            CreatedAt = new DateTimeOffset(2026, 11, 21, 14, 0, 0, 123, 456, TimeSpan.FromHours(2)),
            UpdatedAt = Rows.Noon.AddTicks(1),
            Status = RunStatus.NeedsAttention,
            Detail = "Grüße 🙂 \"'\\\n",
            CancelRequested = true,
            Key = "k",
            Sha256 = "s",
            Examples = 12,
            Tokens = 5_000_000_000,
            PriceLow = 0.01m,
            PriceHigh = 12345.678901m,
            Report = "/data/r.json",
            TrainingFileId = "file-1",
            ValidationFileId = "file-2",
            JobId = "ftjob-1",
            ModelId = "ft:m",
            TrainedTokens = 15,
            ErrorCode = "c",
            ErrorParam = "p",
        };
        await Ledger.TryAddRunAsync(row, Token);

        RunRow found = await FindAsync("run-1");

        Assert.NotNull(found.ETag);
        Assert.Equal(row, found with { ETag = null });
    }

    [Fact]
    public async Task FindRunAsync_ReturnsNull_WhenThereIsNone() => Assert.Null(await Ledger.FindRunAsync("none", Token));

    [Fact]
    public async Task UpdateRunAsync_GoesOnFromTheVersionItReturned()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);
        RunRow first = await FindAsync("run-1");

        RunRow second = await Ledger.UpdateRunAsync(first with { JobId = "ftjob-1" }, Token);
        RunRow third = await Ledger.UpdateRunAsync(second with { Status = RunStatus.Succeeded }, Token);

        Assert.Equal(third, await FindAsync("run-1"));
        Assert.Equal(3, new HashSet<string?> { first.ETag, second.ETag, third.ETag }.Count);
    }

    [Fact]
    public async Task UpdateRunAsync_RefusesTheLostUpdate_WhenSomebodyElseWasFaster()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);
        RunRow read = await FindAsync("run-1");
        await Ledger.UpdateRunAsync(read with { CancelRequested = true }, Token);

        var conflict = await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.UpdateRunAsync(read with { JobId = "ftjob-1" }, Token));

        Assert.StartsWith("Run 'run-1' was changed by somebody else", conflict.Message, StringComparison.Ordinal);
        Assert.Equal((true, null), ((await FindAsync("run-1")).CancelRequested, (await FindAsync("run-1")).JobId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("none")]
    public async Task UpdateRunAsync_IsRefused_WhenTheETagIsNotTheRows(string? etag)
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.UpdateRunAsync(Rows.Run("run-1") with { ETag = etag }, Token));
    }

    [Fact]
    public async Task UpdateRunAsync_LosesNoChange_WhenManyChangeOneRowAtOnce()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1") with { Examples = 0 }, Token);
        IRunLedger other = await OpenAsync();

        await Parallel.ForAsync(0, 40, Token, async (i, token) => await AddOneAsync(i % 2 == 0 ? Ledger : other, token));

        Assert.Equal(40, (await FindAsync("run-1")).Examples);
    }

    [Fact]
    public async Task ListRunsAsync_IsNewestFirst_WhateverTheOffsetAndTheOrderOfAdding()
    {
        await Ledger.TryAddRunAsync(Rows.Run("middle", Rows.Noon), Token);
        await Ledger.TryAddRunAsync(Rows.Run("oldest", new DateTimeOffset(2026, 11, 21, 13, 59, 0, TimeSpan.FromHours(2))), Token);
        await Ledger.TryAddRunAsync(Rows.Run("newest", Rows.Noon.AddTicks(1)), Token);

        string[] ids = await Ledger.ListRunsAsync(Token).Select(run => run.RunId).ToArrayAsync(Token);

        Assert.Equal(["newest", "middle", "oldest"], ids);
    }

    [Fact]
    public async Task ListRunsAsync_GoesOn_WhenTheRowsAreChangedMeanwhile()
    {
        for (int i = 0; i < 100; i++)
        {
            await Ledger.TryAddRunAsync(Rows.Run($"run-{i}"), Token);
        }

        int listed = 0;
        await foreach (RunRow run in Ledger.ListRunsAsync(Token))
        {
            await Ledger.UpdateRunAsync(run with { Status = RunStatus.Cancelled }, Token);
            listed++;
        }

        Assert.Equal(100, listed);
    }

    [Fact]
    public async Task DeleteRunAsync_ForgetsTheRunAndItsEvents_AndNothingElse()
    {
        await Ledger.TryAddRunAsync(Rows.Run("run-1"), Token);
        await Ledger.TryAddRunAsync(Rows.Run("run-2"), Token);
        await Ledger.TryAddClaimAsync(Rows.Claim("key"), Token);
        await Ledger.AddEventsAsync("run-1", [Rows.Event(1)], Token);
        await Ledger.AddEventsAsync("run-2", [Rows.Event(1)], Token);

        await Ledger.DeleteRunAsync("run-1", Token);
        await Ledger.DeleteRunAsync("run-1", Token);

        Assert.Null(await Ledger.FindRunAsync("run-1", Token));
        Assert.Empty(await Ledger.ListEventsAsync("run-1", Token).ToListAsync(Token));
        Assert.NotNull(await Ledger.FindRunAsync("run-2", Token));
        Assert.Single(await Ledger.ListEventsAsync("run-2", Token).ToListAsync(Token));
        Assert.NotNull(await Ledger.FindClaimAsync("key", Token));
    }

    private static async Task AddOneAsync(IRunLedger ledger, CancellationToken token)
    {
        while (true)
        {
            RunRow row = (await ledger.FindRunAsync("run-1", token))!;
            try
            {
                await ledger.UpdateRunAsync(row with { Examples = row.Examples + 1 }, token);
                return;
            }
            catch (LedgerConflictException)
            {
                // The exception's message says what to do: read again.
            }
        }
    }

    private async Task<RunRow> FindAsync(string id) => (await Ledger.FindRunAsync(id, Token))!;
}
