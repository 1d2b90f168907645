using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Spending;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Spending;

/// <summary>Who may ask the provider for a job, and in which order.</summary>
public sealed class JobLineTests
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero));
    private readonly InMemoryLedger _ledger = new();
    private readonly ProviderOptions _limits = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobLine Line => new(_ledger, _clock, Options.Create(_limits), Options.Create(new FineTuneOptions()));

    [Fact]
    public async Task TakePlaceAsync_WritesNothing_WhenThereIsNothingToKeepTo()
    {
        Assert.Null(await TakeAsync(Run("a")));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task TakePlaceAsync_GivesNoMoreThanThereAre_WhenManyAskAtOnce()
    {
        _limits.MaxJobs = 3;

        LineWait?[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => TakeAsync(Run($"run-{i}")), Token)));

        Assert.Equal(3, answers.Count(answer => answer is null));
    }

    [Fact]
    public async Task TakePlaceAsync_KeepsThePlace_HoweverOftenTheRunAsks()
    {
        _limits.MaxJobs = 1;

        Assert.Null(await TakeAsync(Run("a")));
        Assert.Null(await TakeAsync(Run("a")));
        Assert.NotNull(await TakeAsync(Run("b")));
    }

    [Fact]
    public async Task TakePlaceAsync_GoesByPriority_ThenByAge()
    {
        _limits.MaxJobs = 1;
        RunRow holder = Run("holder");
        await TakeAsync(holder);
        RunRow[] arrivals = [Run("late", age: 1), Run("old", age: 9), Run("urgent", age: 1, priority: 5), Run("idle", age: 99, priority: -1)];
        await AskAllAsync(arrivals);
        List<string> order = [];
        for (RunRow last = holder; order.Count < arrivals.Length;)
        {
            await Line.LeaveAsync(last, hasJob: true, Token);
            last = Assert.Single(await AskAllAsync([.. arrivals.Where(run => !order.Contains(run.RunId))]));
            order.Add(last.RunId);
        }

        Assert.Equal(["urgent", "old", "late", "idle"], order);
    }

    [Fact]
    public async Task TakePlaceAsync_TellsTheNumberInLine_AndAsksTheLastOnesMoreRarely()
    {
        _limits.MaxJobs = 1;
        await TakeAsync(Run("holder"));
        LineWait first = (await TakeAsync(Run("a", age: 3)))!;
        LineWait second = (await TakeAsync(Run("b", age: 2)))!;

        Assert.Equal("Number 1 in line for the provider's jobs; 1 of 1 places are taken, the next one is free when a job ends", first.Detail);
        Assert.StartsWith("Number 2 in line", second.Detail, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)), (first.Pause, second.Pause));
    }

    [Fact]
    public async Task TakePlaceAsync_PassesOver_WhoDoesNotAskAnyMore()
    {
        _limits.MaxJobs = 1;
        RunRow holder = Run("holder");
        await TakeAsync(holder);
        await AskAllAsync([Run("gone", age: 9), Run("here", age: 1)]);
        await Line.LeaveAsync(holder, hasJob: true, Token);
        Assert.NotNull(await TakeAsync(Run("here", age: 1)));

        _clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Null(await TakeAsync(Run("here", age: 1)));
    }

    [Fact]
    public async Task TakePlaceAsync_WaitsForTheNextDay_WhenTodaysJobsAreUsedUp()
    {
        _limits.MaxJobsPerDay = 1;
        RunRow first = Run("a");
        await TakeAsync(first);
        await Line.LeaveAsync(first, hasJob: true, Token);

        LineWait wait = (await TakeAsync(Run("b")))!;
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("Number 1 in line for the provider's jobs; today's 1 are used up, the next ones are free at 2026-11-22 00:00 UTC", wait.Detail);
        Assert.Null(await TakeAsync(Run("b")));
    }

    [Fact]
    public async Task LeaveAsync_GivesTheDaysCountBack_WhenTheRunMadeNoJob()
    {
        _limits.MaxJobsPerDay = 1;
        RunRow first = Run("a");
        await TakeAsync(first);

        await Line.LeaveAsync(first, hasJob: false, Token);

        Assert.Null(await TakeAsync(Run("b")));
    }

    [Fact]
    public async Task LeaveAsync_GivesThePlaceBackOnce_HoweverOftenItIsCalled()
    {
        _limits.MaxJobs = 2;
        RunRow a = Run("a");
        await TakeAsync(a);
        await TakeAsync(Run("b"));

        await Line.LeaveAsync(a, hasJob: true, Token);
        await Line.LeaveAsync(a, hasJob: true, Token);

        Assert.Null(await TakeAsync(Run("c")));
        Assert.NotNull(await TakeAsync(Run("d")));
    }

    [Fact]
    public async Task LeaveAsync_TakesTheRunOutOfTheLine_WhenItIsCancelledThere()
    {
        _limits.MaxJobs = 1;
        RunRow holder = Run("holder");
        RunRow waiting = Run("waiting", age: 9);
        await TakeAsync(holder);
        await TakeAsync(waiting);

        await Line.LeaveAsync(waiting, hasJob: false, Token);
        await Line.LeaveAsync(holder, hasJob: true, Token);

        Assert.Equal(["gate"], await RowsAsync());
        Assert.Null(await TakeAsync(Run("b")));
    }

    [Fact]
    public async Task CloseAsync_MakesALineWithoutAnySetting_InWhichOnlyTheFirstTriesAgain()
    {
        await Line.CloseAsync("a", "You have 3 active fine-tuning jobs.", TimeSpan.FromMinutes(1), isDaily: false, Token);
        RunRow[] runs = [Run("a", age: 9), Run("b", age: 5), Run("c", age: 1)];
        Assert.Empty(await AskAllAsync(runs));
        LineWait wait = (await TakeAsync(runs[0]))!;
        Assert.Equal(
            "Number 1 in line for the provider's jobs; next try at 2026-11-21 22:01 UTC, for it said: You have 3 active fine-tuning jobs.", wait.Detail);
        Assert.Equal(TimeSpan.FromMinutes(1), wait.Pause);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("a", Assert.Single(await AskAllAsync(runs)).RunId);
        await Line.OpenAsync(Token);

        Assert.Equal(3, (await AskAllAsync(runs)).Length);
    }

    [Fact]
    public async Task LeaveAsync_LetsTheNextOneTryAtOnce_WhenTheProviderWasFullAndAJobEnded()
    {
        RunRow training = Run("training");
        await Line.CloseAsync("a", "Full.", TimeSpan.FromMinutes(30), isDaily: false, Token);

        await Line.LeaveAsync(training, hasJob: true, Token);

        Assert.Null(await TakeAsync(Run("a")));
    }

    [Fact]
    public async Task LeaveAsync_ChangesNothing_WhenTheDaysJobsAreUsedUp()
    {
        await Line.CloseAsync("a", "No more today.", TimeSpan.FromMinutes(30), isDaily: true, Token);

        await Line.LeaveAsync(Run("training"), hasJob: true, Token);

        Assert.NotNull(await TakeAsync(Run("a")));
    }

    [Fact]
    public async Task TakePlaceAsync_LetsTheNextOneTry_WhenTheFirstDiedWhileItTried()
    {
        await Line.CloseAsync("a", "Full.", TimeSpan.FromMinutes(1), isDaily: false, Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await TakeAsync(Run("a", age: 9)));
        Assert.NotNull(await TakeAsync(Run("b")));

        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Null(await TakeAsync(Run("b")));
    }

    private Task<LineWait?> TakeAsync(RunRow run) => Line.TakePlaceAsync(run, Token);

    /// <summary>One after the other; returns those who have a place.</summary>
    private async Task<RunRow[]> AskAllAsync(RunRow[] runs)
    {
        List<RunRow> through = [];
        foreach (RunRow run in runs)
        {
            if (await TakeAsync(run) is null)
            {
                through.Add(run);
            }
        }

        return [.. through];
    }

    private ValueTask<string[]> RowsAsync() => _ledger.ListSharedAsync("line", "", Token).Select(row => row.Name).ToArrayAsync(Token);

    private static RunRow Run(string id, int age = 0, int priority = 0) => new()
    {
        RunId = id,
        Dataset = new DatasetVersion("d.jsonl", "v1", 1),
        Spec = new FineTuneSpec { Model = "m" },
        CreatedAt = new DateTimeOffset(2026, 11, 21, 21, 0, 0, TimeSpan.Zero).AddMinutes(-age),
        Priority = priority,
    };
}
