using Azure.Core;
using Azure.Data.Tables;
using FineTune.Functions.Storage;
using FineTune.Functions.Tests.Support;
using FineTune.Ports;

namespace FineTune.Functions.Tests.Storage;

/// <summary>What is left when the line to Table storage breaks at the worst moment, and what the same call does then.</summary>
public sealed class BrokenLineTests(Azurite azurite)
{
    private readonly string _prefix = $"L{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAddRunAsync_SaysThatTheRunIsThere_WhenTheAnswerToItWasLost()
    {
        BrokenLine line = new("$batch") { LosesAnswers = true };
        TableRunLedger ledger = await OpenAsync(line);
        line.After = 0;

        bool added = await ledger.TryAddRunAsync(Rows.Run("run-1"), Token);

        Assert.Equal((true, false), (line.Broke, added));
        Assert.Single(await ledger.ListRunsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task TryAddClaimAsync_LeavesTheClaimWithItsRun_WhenTheAnswerWasLost()
    {
        BrokenLine line = new("Claims") { LosesAnswers = true };
        TableRunLedger ledger = await OpenAsync(line);
        line.After = 0;

        SpendingClaim? taken = await ledger.TryAddClaimAsync(Rows.Claim("key", "run-1"), Token);

        Assert.Equal((true, null), (line.Broke, taken));
        Assert.Equal("run-1", (await ledger.FindClaimAsync("key", Token))?.RunId);
    }

    [Fact]
    public async Task ChangeRunAsync_AppliesTheChangeOnce_WhenTheAnswerWasLost()
    {
        BrokenLine line = new("Runs(") { LosesAnswers = true };
        TableRunLedger ledger = await OpenAsync(line);
        await ledger.TryAddRunAsync(Rows.Run("run-1"), Token);
        line.After = 0;

        RunRow changed = await ledger.ChangeRunAsync("run-1", row => row with { JobId = "ftjob-1" }, Token);

        Assert.True(line.Broke);
        Assert.Equal(("ftjob-1", changed), (changed.JobId, await ledger.FindRunAsync("run-1", Token)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddEventsAsync_LosesNothingAndKeepsOrder_WhereverTheLineBreaks(bool losesAnswers)
    {
        RunEvent[] events = [.. Enumerable.Range(0, 250).Reverse().Select(i => Rows.Event(i))];
        BrokenLine line = new("$batch") { LosesAnswers = losesAnswers };
        TableRunLedger ledger = await OpenAsync(line);
        line.After = 1;

        await ledger.AddEventsAsync("run-1", events, Token);

        Assert.True(line.Broke);
        Assert.Equal(events, await ledger.ListEventsAsync("run-1", Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task AddEventsAsync_AddsTheRest_WhenTheCallThatBrokeOffIsMadeAgain()
    {
        RunEvent[] events = [.. Enumerable.Range(0, 250).Reverse().Select(i => Rows.Event(i))];
        BrokenLine line = new("$batch") { After = 2 };
        TableRunLedger ledger = await OpenAsync(line, retries: 0);

        await Assert.ThrowsAnyAsync<Exception>(() => ledger.AddEventsAsync("run-1", events, Token));
        Assert.Equal(events[..198], await ledger.ListEventsAsync("run-1", Token).ToArrayAsync(Token));
        await ledger.AddEventsAsync("run-1", events, Token);

        Assert.Equal(events, await ledger.ListEventsAsync("run-1", Token).ToArrayAsync(Token));
    }

    private async Task<TableRunLedger> OpenAsync(BrokenLine line, int retries = 3)
    {
        TableClientOptions options = new();
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(line, HttpPipelinePosition.PerRetry);
        TableRunLedger ledger = new(new TableServiceClient(await azurite.ConnectAsync(Token), options), _prefix);
        await ledger.CreateTablesAsync(Token);
        return ledger;
    }
}
