using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>Whose turn it is comes before the call that costs money; what the provider says about its limits goes for all who wait.</summary>
public sealed class CreateJobLineTests : CreateJobTest
{
    [Fact]
    public async Task RunAsync_CallsNobody_UntilItIsItsTurn()
    {
        Settings.MaxJobs = 1;
        await ReadyAsync();
        RunRow other = await HaveHolderAsync();

        JobCreation waits = await StepAsync();
        Assert.StartsWith("Number 1 in line", waits.Detail, StringComparison.Ordinal);
        Assert.Equal((0, null), (Posts, Claim.FirstIntentAt));

        await Line.LeaveAsync(other, hasJob: true, Token);
        Assert.NotNull((await StepAsync()).JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Theory]
    [InlineData(429, "concurrent_job_limit_exceeded", "Wait for a job to end.")]
    [InlineData(429, "daily_rate_limit_exceeded", "No more today.")]
    [InlineData(429, null, "Your organization has reached the maximum of 3 active requests (3 running, 0 queued) for the model.")]
    public async Task RunAsync_MakesEverybodyWait_WhenTheProviderHasNoMoreJobs(int status, string? code, string message)
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = status, Code = code, Message = message });

        JobCreation refused = await StepAsync();
        LineState next = await AskAsOtherAsync();

        Assert.NotNull(refused.Wait);
        Assert.Contains(message, next.Detail, StringComparison.Ordinal);
        Assert.NotNull((await StepToTheEndAsync()).JobId);
        Assert.Null((await AskAsOtherAsync()).Detail); // it goes for all again once one job was made
    }

    [Theory]
    [InlineData("daily_rate_limit_exceeded", null, 1800)]
    [InlineData("daily_rate_limit_exceeded", "900", 900)]
    [InlineData("concurrent_job_limit_exceeded", null, 60)]
    public async Task RunAsync_AsksTheProviderNotBeforeItsTime_HoweverOftenItAsksTheLine(string code, string? retryAfter, double seconds)
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 429, Code = code, RetryAfter = retryAfter });

        Assert.NotNull((await StepToTheEndAsync()).JobId);

        DateTimeOffset[] posts = PostTimes();
        Assert.InRange((posts[1] - posts[0]).TotalSeconds, seconds, seconds + 60);
    }

    [Fact]
    public async Task RunAsync_AsksEverMoreRarely_WhileTheProviderIsFullOfJobs()
    {
        await UseEmulatorAsync(new EmulatorOptions { Seed = 7, ConcurrentJobLimit = 1, ShortestTraining = TimeSpan.FromHours(1), LongestTraining = TimeSpan.FromHours(1) });
        await ReadyAsync();
        await HaveJobAsync(await HaveFileAsync("theirs.jsonl"));

        Assert.NotNull((await StepToTheEndAsync()).JobId);

        DateTimeOffset[] posts = PostTimes()[1..]; // the first one made their job
        Assert.Equal([1, 2, 4, 5, 5, 5], posts.Zip(posts.Skip(1), (one, next) => (int)(next - one).TotalMinutes).Take(6));
    }

    [Fact]
    public async Task RunAsync_MakesNobodyElseWait_WhenItOnlyAskedTooFast()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 429, Code = "rate_limit_exceeded", RetryAfter = "5" });

        await StepAsync();

        Assert.Null((await AskAsOtherAsync()).Detail);
    }

    [Fact]
    public async Task RunAsync_LooksForNoJobAgain_WhileItOnlyStandsInLine()
    {
        await UseEmulatorAsync(new EmulatorOptions { Seed = 7, ConcurrentJobLimit = 1 });
        await ReadyAsync();
        await HaveJobAsync(await HaveFileAsync("theirs.jsonl"));
        await StepAsync();

        await StepAsync();
        await StepAsync();

        Assert.Equal((1, 1), (Posts, Requests("GET /v1/fine_tuning/jobs")));
    }

    [Fact]
    public async Task RunAsync_HoldsTheCallAndGivesItsPlaceAway_WhilePaused()
    {
        Settings.MaxJobs = 1;
        await ReadyAsync();
        await Line.TakePlaceAsync(Row, Token);
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });

        JobCreation held = await StepAsync();

        Assert.Equal(("Paused by ann before a job was created", true, 0), (held.Detail, held.StopsClock, Posts));
        Assert.Null((await AskAsOtherAsync()).Detail);
    }

    [Fact]
    public async Task RunAsync_StillAdoptsALostJob_WhilePaused()
    {
        await ReadyAsync();
        OnPost(FaultKind.CommitThenDrop);
        await StepAsync();
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });

        Assert.NotNull((await StepToTheEndAsync()).JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_PostsAgainOnlyAfterThePause_WhenTheLostCallLeftNothing()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 500 });
        await StepAsync();
        await ChangeAsync(row => row with { Paused = new Pause("ann", Clock.GetUtcNow()) });
        await StepAsync();
        Clock.Advance(Settings.QuietPeriod);
        Assert.True((await StepAsync()).StopsClock);
        Assert.Equal(1, Posts);

        await ChangeAsync(row => row with { Paused = null });

        Assert.NotNull((await StepAsync()).JobId);
        Assert.Equal((2, 1), (Posts, Jobs));
    }

    private Task<RunRow> ChangeAsync(Func<RunRow, RunRow> change) => Ledger.ChangeRunAsync(RunId, change, Token);

    private async Task<RunRow> HaveHolderAsync()
    {
        RunRow other = await AddRunAsync(runId: "run-0");
        await Line.TakePlaceAsync(other, Token);
        return other;
    }

    /// <summary>Another run's answer from the line; no detail when it may go.</summary>
    private async Task<LineState> AskAsOtherAsync()
        => new((await Line.TakePlaceAsync(Row with { RunId = "run-9", CreatedAt = Row.CreatedAt.AddSeconds(1) }, Token))?.Detail);

    private sealed record LineState(string? Detail);
}
