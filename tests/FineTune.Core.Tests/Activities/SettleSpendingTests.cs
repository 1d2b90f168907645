using FineTune.Activities;
using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Activities;

/// <summary>What a finished run gives back of the month's budget, of which an estimate of $3.20 was set aside, and its place in the line.</summary>
public sealed class SettleSpendingTests
{
    private const string Month = "2026-11";

    private readonly ManualClock _clock = new();
    private readonly InMemoryLedger _ledger = new();
    private readonly ProviderOptions _limits = new() { MaxJobs = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MonthBudget Months => new(_ledger);

    private JobLine Line => new(_ledger, _clock, Options.Create(_limits), Options.Create(new FineTuneOptions()));

    [Theory]
    [InlineData(RunStatus.Succeeded, 200_000L, 1.0, 1.0)]
    [InlineData(RunStatus.Cancelled, 100_000L, 0.5, 0.5)]
    [InlineData(RunStatus.Succeeded, 200_000L, null, 3.20)] // no price is known: the estimate stands
    [InlineData(RunStatus.Succeeded, null, null, 3.20)] // the provider does not tell
    [InlineData(RunStatus.Failed, null, null, 0.0)]
    [InlineData(RunStatus.Cancelled, null, null, 0.0)]
    [InlineData(RunStatus.TimedOut, null, null, 3.20)] // its job may still train
    [InlineData(RunStatus.NeedsAttention, null, null, 3.20)]
    public async Task RunAsync_CountsWhatWasBilled_WhenARunWithAJobIsOver(RunStatus status, long? tokens, double? cost, double committed)
    {
        await HaveRunAsync(row => row with { Status = status, TrainedTokens = tokens, Cost = (decimal?)cost, JobId = "ftjob-1" });

        await SettleAsync();
        await SettleAsync();

        Assert.Equal((decimal)committed, await Months.CommittedAsync(Month, Token));
    }

    [Theory]
    [InlineData(RunStatus.ProviderClosed, false, 0.0)]
    [InlineData(RunStatus.TimedOut, false, 0.0)]
    [InlineData(RunStatus.NeedsAttention, false, 0.0)]
    [InlineData(RunStatus.NeedsAttention, true, 3.20)] // a call whose answer nobody knows
    public async Task RunAsync_CountsNothing_WhenSurelyNoJobWasMade(RunStatus status, bool isCallLost, double committed)
    {
        RunRow run = await HaveRunAsync(row => row with { Status = status });
        await _ledger.TryAddClaimAsync(
            new SpendingClaim { Key = "key", RunId = run.RunId, OpenIntentAt = isCallLost ? _clock.GetUtcNow() : null }, Token);

        await SettleAsync();

        Assert.Equal((decimal)committed, await Months.CommittedAsync(Month, Token));
    }

    [Fact]
    public async Task RunAsync_GivesItsPlaceInLineBack()
    {
        RunRow run = await HaveRunAsync(row => row with { Status = RunStatus.Failed });
        await Line.TakePlaceAsync(run, Token);

        await SettleAsync();

        Assert.Null(await Line.TakePlaceAsync(run with { RunId = "run-2" }, Token));
    }

    [Fact]
    public async Task RunAsync_WritesNothing_WhenTheRunHeldNothing()
    {
        await _ledger.TryAddRunAsync(Row with { Status = RunStatus.Invalid }, Token);

        await SettleAsync();

        Assert.Equal(0, await _ledger.ListSharedAsync("line", "", Token).CountAsync(Token));
    }

    private RunRow Row => new()
    {
        RunId = "run-1",
        Dataset = new DatasetVersion("support.jsonl", "v1", 1),
        Spec = new FineTuneSpec { Model = "gpt-4.1-mini-2025-04-14" },
        CreatedAt = _clock.GetUtcNow(),
        Key = "key",
    };

    private Task<Done> SettleAsync()
        => new SettleSpending(_ledger, Months, Line).RunAsync(new SettleInput("run-1"), Token);

    private async Task<RunRow> HaveRunAsync(Func<RunRow, RunRow> change)
    {
        await Months.TryReserveAsync(Month, "run-1", 3.20m, limit: null, Token);
        await _ledger.TryAddRunAsync(change(Row with { BudgetMonth = Month }), Token);
        return (await _ledger.FindRunAsync("run-1", Token))!;
    }
}
