using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>Answers that say that surely no job was made: some pass with time, some need a person, some are final.</summary>
public sealed class CreateJobRefusalTests : CreateJobTest
{
    [Theory]
    [InlineData(400, "invalid_training_file", RunStatus.Failed)]
    [InlineData(404, null, RunStatus.Failed)]
    [InlineData(413, null, RunStatus.Failed)]
    [InlineData(422, "bad_seed", RunStatus.Failed)]
    [InlineData(401, "invalid_api_key", RunStatus.NeedsAttention)]
    [InlineData(429, "insufficient_quota", RunStatus.NeedsAttention)]
    [InlineData(429, "credit_balance_exhausted", RunStatus.NeedsAttention)]
    [InlineData(403, "permission_denied", RunStatus.ProviderClosed)]
    public async Task RunAsync_EndsWithOneRequest_WhenNoWaitingCanHelp(int status, string? code, RunStatus expected)
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = status, Code = code, Param = "training_file", Message = "No, sk-abcdef123456." });

        JobCreation creation = await StepAsync();

        Assert.Equal((expected, code, "training_file"), (creation.End!.Status, creation.End.ErrorCode, creation.End.ErrorParam));
        Assert.EndsWith("No, [key].", creation.End.Detail, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Posts, Jobs));
        Assert.Equal((null, 0), (Claim.OpenIntentAt, Claim.Attempts));
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded", "3", 3)]
    [InlineData(429, "slow_down", "1200", 1200)]
    [InlineData(429, "rate_limit_exceeded", "410400", 1800)]
    [InlineData(429, "rate_limit_exceeded", "-5", 60)]
    [InlineData(429, "rate_limit_exceeded", "soon", 60)]
    [InlineData(429, "rate_limit_exceeded", "NaN", 60)]
    [InlineData(429, "rate_limit_exceeded", null, 60)]
    [InlineData(400, null, null, 10)]
    public async Task RunAsync_WaitsAsLongAsTold_WhenTimeHelps(int status, string? code, string? retryAfter, double seconds)
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with
        {
            Status = status,
            Code = code,
            RetryAfter = retryAfter,
            Message = "File file-1 is still being processed and is not ready.",
        });

        JobCreation refused = await StepAsync();
        Assert.Equal((TimeSpan.FromSeconds(seconds), null, 0), (refused.Wait, Claim.OpenIntentAt, Claim.Attempts));
        Assert.Equal(1, Requests("GET /v1/fine_tuning/jobs"));

        JobCreation creation = await StepToTheEndAsync();
        Assert.NotNull(creation.JobId);
        Assert.Equal((2, 1), (Posts, Jobs));
        Assert.Equal(2, Requests("GET /v1/fine_tuning/jobs")); // before every call comes a look
    }

    [Fact]
    public async Task RunAsync_AsksForNoJob_WhoseFileWouldExpireBeforeItsEnd()
    {
        await ReadyAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { FilesExpireAt = Clock.GetUtcNow().AddDays(7) }, Token);
        Clock.Advance(TimeSpan.FromSeconds(1));

        JobCreation creation = await StepAsync();

        Assert.Equal(RunStatus.TimedOut, creation.End!.Status);
        Assert.Contains("deletes the run's file on 2026-", creation.End.Detail, StringComparison.Ordinal);
        Assert.Equal((0, null), (Posts, Claim.OpenIntentAt));
    }

    [Fact]
    public async Task RunAsync_AsksForNoJob_ThatCouldNotTellWhoseItIs()
    {
        await ReadyAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { Spec = Spec with { Suffix = "other" } }, Token);

        JobCreation creation = await StepAsync();

        Assert.Equal(RunStatus.NeedsAttention, creation.End!.Status);
        Assert.StartsWith("The run's row was lost and written again", creation.End.Detail, StringComparison.Ordinal);
        Assert.Equal((0, null), (Posts, Claim.OpenIntentAt));
    }

    [Fact]
    public async Task RunAsync_AsksForAJob_WhoseFileLivesForLongEnough()
    {
        await ReadyAsync();
        await Ledger.ChangeRunAsync(RunId, row => row with { FilesExpireAt = Clock.GetUtcNow().AddDays(7) }, Token);

        Assert.NotNull((await StepAsync()).JobId);
    }

    [Fact]
    public async Task RunAsync_NeverRunsOutOfAttempts_WhileTheProviderSaysLater()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 429, RetryAfter = "5", Match = fault.Match! with { Times = 10 } });

        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((11, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_WaitsAsToldAndLosesNoAttempt_WhenAnotherExecutionHasLookedMeanwhile()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 429, RetryAfter = "1200" });
        bool hasLooked = false;
        Ledger.BeforeClaimWrite = claim =>
        {
            if (claim is { OpenIntentAt: null } && !hasLooked)
            {
                hasLooked = true;
                Ledger.UpdateClaimAsync(Claim with { EmptyLookAt = Clock.GetUtcNow() }, Token).GetAwaiter().GetResult();
            }
        };

        JobCreation refused = await StepAsync();

        Assert.True(hasLooked);
        Assert.Equal(TimeSpan.FromMinutes(20), refused.Wait);
        Assert.Equal((0, null, null), (Claim.Attempts, Claim.OpenIntentAt, Claim.EmptyLookAt));
    }

    [Fact]
    public async Task RunAsync_StillWaits_WhenItIsCalledBeforeTheTimeTheProviderTold()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = 429, RetryAfter = "1200" });
        await StepAsync();

        Clock.Advance(TimeSpan.FromMinutes(5)); // the process died, or somebody woke the run
        JobCreation early = await StepAsync();
        Clock.Advance(TimeSpan.FromMinutes(15));
        JobCreation creation = await StepAsync();

        Assert.Equal(TimeSpan.FromMinutes(15), early.Wait);
        Assert.NotNull(creation.JobId);
        Assert.Equal(2, Posts);
    }

    [Fact]
    public async Task RunAsync_CancelsTheJob_WhenAnotherExecutionHasEndedTheRunMeanwhile()
    {
        await ReadyAsync();
        Ledger.BeforeClaimWrite = claim =>
        {
            if (claim.JobId is not null)
            {
                Ledger.ChangeRunAsync(RunId, row => row with { Status = RunStatus.Duplicate }, Token).GetAwaiter().GetResult();
            }
        };

        JobCreation creation = await StepAsync();

        Assert.Equal(RunStatus.Duplicate, creation.End!.Status);
        Assert.Empty(Emulator.ReadLedger().LiveJobs);
    }

    [Fact]
    public async Task RunAsync_WaitsForAPlace_WhenTheAccountIsFull()
    {
        await UseEmulatorAsync(new EmulatorOptions { Seed = 7, ConcurrentJobLimit = 1 });
        await ReadyAsync();
        await HaveJobAsync(await HaveFileAsync("theirs.jsonl"));

        JobCreation refused = await StepAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        JobCreation creation = await StepToTheEndAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), refused.Wait);
        Assert.NotNull(creation.JobId);
        Assert.Equal((2, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_FailsWithTheProvidersWords_WhenTheFileIsNotThere()
    {
        await ReadyAsync();
        await Api.DeleteFileAsync(File, Token);

        JobCreation creation = await StepAsync();

        Assert.Equal((RunStatus.Failed, "training_file"), (creation.End!.Status, creation.End.ErrorParam));
        Assert.Equal($"The provider refused the job: invalid training_file: {File}", creation.End.Detail);
    }

    [Fact]
    public async Task RunAsync_EndsBeforeThePost_WhenCancelled()
    {
        await ReadyAsync();
        await CancelAsync();

        JobCreation creation = await StepAsync();

        Assert.Equal(RunStatus.Cancelled, creation.End!.Status);
        Assert.Equal((0, null), (Posts, Claim.FirstIntentAt));
    }

    [Fact]
    public async Task RunAsync_AdoptsTheJobFirst_WhenCancelledWithALostAnswer()
    {
        await ReadyAsync();
        OnPost(FaultKind.CommitThenDrop);
        await StepAsync();
        await CancelAsync();

        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId); // the follower passes the cancellation on
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_EndsAfterTwoEmptyLooks_WhenCancelledWithALostAnswer()
    {
        await ReadyAsync(WithOpenIntent);
        await CancelAsync();
        DateTimeOffset before = Clock.GetUtcNow();

        JobCreation creation = await StepToTheEndAsync();

        Assert.Equal(RunStatus.Cancelled, creation.End!.Status);
        Assert.Equal(0, Posts);
        Assert.Equal(Settings.QuietPeriod, Clock.GetUtcNow() - before);
    }

    private Task<RunRow> CancelAsync() => Ledger.ChangeRunAsync(RunId, row => row with { CancelRequested = true }, Token);
}
