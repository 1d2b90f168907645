using FineTune.Activities;
using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Activities;

/// <summary>Two limits, one question: may this run spend up to $3.20?</summary>
public sealed class ApproveSpendingTests
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryLedger _ledger = new();
    private readonly FineTuneOptions _settings = new();
    private decimal? _approveAbove;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MonthBudget Months => new(_ledger);

    [Theory]
    [InlineData(null)]
    [InlineData(3.20)]
    [InlineData(5.0)]
    public async Task RunAsync_AsksNobody_WhenThePriceIsWithinTheLimit(double? limit)
    {
        await AddRunAsync();
        _approveAbove = (decimal?)limit;

        SpendingApproval answer = await AskAsync();

        Assert.Equal(new SpendingApproval(End: null, Epochs: limit is null ? null : 4), answer);
        Assert.Null((await RowAsync()).ApprovalRequest);
    }

    [Fact]
    public async Task RunAsync_AsksAndSaysForWhat_WhenThePriceIsAboveTheLimit()
    {
        await AddRunAsync();
        _approveAbove = 3.19m;

        SpendingApproval answer = await AskAsync();

        Assert.Equal("Waiting for approval of up to $3.20, above the limit of $3.19", answer.Detail);
        Assert.Equal(_settings.RemindEvery, answer.Wait);
        DateTimeOffset now = _clock.GetUtcNow();
        Assert.Equal(
            new ApprovalRequest("up to $3.20, above the limit of $3.19", now, now.AddDays(1), now.AddDays(7)), (await RowAsync()).ApprovalRequest);
    }

    /// <summary>Without its key nobody could approve it, nor would its files be cleaned up.</summary>
    [Fact]
    public async Task RunAsync_WritesKeyAndPriceAgain_WhenTheRowWasLostSinceTheInspection()
    {
        await AddRunAsync();
        await ChangeAsync(row => row with { Key = null, PriceHigh = null });

        await AskAsync();

        RunRow row = await RowAsync();
        Assert.Equal(("key", 3.20m), (row.Key, row.PriceHigh));
    }

    [Theory]
    [InlineData(1000.0, null)]
    [InlineData(null, 1000.0)]
    public async Task RunAsync_Asks_WhenNoPriceIsKnown(double? approveAbove, double? monthBudget)
    {
        await AddRunAsync();
        (_approveAbove, _settings.MonthBudget) = ((decimal?)approveAbove, (decimal?)monthBudget);

        SpendingApproval answer = await AskAsync(price: null);

        Assert.StartsWith("Waiting for approval of an unknown price, ", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LetsTheRunThrough_WithTheEpochsOfThatPrice_WhenApproved()
    {
        await AddRunAsync();
        _approveAbove = 1;
        await AskAsync();
        await DecideAsync(approved: true);

        Assert.Equal(new SpendingApproval(End: null, Epochs: 4), await AskAsync());
        Assert.Equal("bob", (await RowAsync()).Approval!.By);
    }

    [Fact]
    public async Task RunAsync_EndsTheRun_WhenRefused()
    {
        await AddRunAsync();
        _approveAbove = 1;
        await AskAsync();
        await DecideAsync(approved: false);

        SpendingApproval answer = await AskAsync();

        Assert.Equal(new FineTuneOutcome(RunStatus.Rejected, "bob refused up to $3.20; nothing was uploaded."), answer.End);
    }

    [Fact]
    public async Task RunAsync_GoesOnAsking_WhenTheApprovalIsForOtherBytes()
    {
        await AddRunAsync();
        _approveAbove = 1;
        await AskAsync();
        await DecideAsync(approved: true);
        await ChangeAsync(row => row with { Approval = row.Approval! with { Key = "another" } });

        Assert.NotNull((await AskAsync()).Wait);
    }

    [Fact]
    public async Task RunAsync_RemindsEveryDay_AndRejectsAtTheDeadline()
    {
        await AddRunAsync();
        _approveAbove = 1;
        SpendingApproval answer = await AskAsync();
        DateTimeOffset asked = _clock.GetUtcNow();
        for (int day = 1; day < 7; day++)
        {
            _clock.Advance(answer.Wait!.Value);
            answer = await AskAsync();
            Assert.Equal(asked.AddDays(day + 1), (await RowAsync()).ApprovalRequest!.RemindAt);
        }

        _clock.Advance(answer.Wait!.Value);
        answer = await AskAsync();

        Assert.Equal(RunStatus.Rejected, answer.End!.Status);
        Assert.Equal("Nobody approved up to $3.20 in time; nothing was uploaded. Start it again to ask again.", answer.End.Detail);
        Assert.Equal(TimeSpan.FromDays(7), _clock.GetUtcNow() - asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_HoldsARunThatIsPaused_UnlessItIsCancelled(bool cancelled)
    {
        await AddRunAsync();
        await ChangeAsync(row => row with { Paused = new Pause("ann", _clock.GetUtcNow()), CancelRequested = cancelled });

        SpendingApproval answer = await AskAsync();

        Assert.Equal(cancelled ? RunStatus.Cancelled : null, answer.End?.Status);
        Assert.Equal(cancelled ? null : "Paused by ann before anything was uploaded", answer.Detail);
    }

    [Fact]
    public async Task RunAsync_SetsTheEstimateAsideInTheMonth_Once()
    {
        await AddRunAsync();
        _settings.MonthBudget = 5;

        SpendingApproval first = await AskAsync();
        await AskAsync();

        Assert.Equal((null, 4), (first.Wait, first.Epochs));
        Assert.Equal(3.20m, await Months.CommittedAsync("2026-11", Token));
        Assert.Equal("2026-11", (await RowAsync()).BudgetMonth);
    }

    [Fact]
    public async Task RunAsync_WaitsForRoomOrAWord_WhenTheMonthIsFull()
    {
        await AddRunAsync();
        _settings.MonthBudget = 5;
        await Months.TryReserveAsync("2026-11", "another", 4, limit: null, Token);

        SpendingApproval full = await AskAsync();
        Assert.Equal("Waiting for approval of up to $3.20, beyond the month's budget of $5.00", full.Detail);
        Assert.Equal(Limits.PollAtMost, full.Wait);

        await Months.SettleAsync("2026-11", "another", 1, Token);
        Assert.Null((await AskAsync()).Wait);
        Assert.Null((await RowAsync()).ApprovalRequest); // nobody has to answer any more
        Assert.Equal(4.20m, await Months.CommittedAsync("2026-11", Token));
    }

    [Fact]
    public async Task RunAsync_GoesBeyondTheMonthsBudget_WhenAPersonApprovedThat()
    {
        await AddRunAsync();
        _settings.MonthBudget = 5;
        await Months.TryReserveAsync("2026-11", "another", 4, limit: null, Token);
        await AskAsync();
        await DecideAsync(approved: true);

        Assert.Null((await AskAsync()).Wait);
        Assert.Equal(7.20m, await Months.CommittedAsync("2026-11", Token));
    }

    [Fact]
    public async Task RunAsync_AsksOnceMore_WhenTheMonthFilledUpAfterThePriceWasApproved()
    {
        await AddRunAsync();
        (_approveAbove, _settings.MonthBudget) = (1, 5);
        await AskAsync();
        await DecideAsync(approved: true);
        await Months.TryReserveAsync("2026-11", "another", 4, limit: null, Token);

        SpendingApproval answer = await AskAsync();

        Assert.Equal("Waiting for approval of up to $3.20, above the limit of $1.00 and beyond the month's budget of $5.00", answer.Detail);
        await DecideAsync(approved: true);
        Assert.Null((await AskAsync()).Wait);
    }

    [Fact]
    public async Task RunAsync_TakesTheNewMonth_WhenTheOldOneHadNoRoom()
    {
        await AddRunAsync();
        _settings.MonthBudget = 5;
        await Months.TryReserveAsync("2026-11", "another", 4, limit: null, Token);
        await AskAsync();
        await ChangeAsync(row => row with { ApprovalRequest = row.ApprovalRequest! with { Deadline = _clock.GetUtcNow().AddDays(30) } });
        _clock.Advance(TimeSpan.FromDays(10));

        Assert.Null((await AskAsync()).Wait);
        Assert.Equal("2026-12", (await RowAsync()).BudgetMonth);
        Assert.Equal((4, 3.20m), (await Months.CommittedAsync("2026-11", Token), await Months.CommittedAsync("2026-12", Token)));
    }

    private static RunLimits Limits => Core.Tests.Workflows.Sample.Limits;

    private Task<SpendingApproval> AskAsync() => AskAsync(3.20m);

    private Task<SpendingApproval> AskAsync(decimal? price)
    {
        ApproveSpending activity = new(_ledger, Months, _clock, Options.Create(_settings), NullLogger<ApproveSpending>.Instance);
        return activity.RunAsync(new ApproveInput("run-1", "key", price, 4, Limits with { ApproveAbove = _approveAbove }), Token);
    }

    private Task<RunView> DecideAsync(bool approved)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return new DecideRun(_ledger, new InMemoryWorkflows(), _clock).RunAsync("run-1", new Decision(approved, "bob"), Token);
    }

    private async Task<RunRow> RowAsync() => (await _ledger.FindRunAsync("run-1", Token))!;

    private Task<RunRow> ChangeAsync(Func<RunRow, RunRow> change) => _ledger.ChangeRunAsync("run-1", change, Token);

    private Task<bool> AddRunAsync() => _ledger.TryAddRunAsync(
        new RunRow
        {
            RunId = "run-1",
            Dataset = new DatasetVersion("support.jsonl", "v1", 1),
            Spec = new FineTuneSpec { Model = "gpt-4.1-mini-2025-04-14" },
            CreatedAt = _clock.GetUtcNow(),
            Key = "key",
        },
        Token);
}
