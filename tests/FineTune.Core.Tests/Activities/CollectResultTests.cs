using FineTune.Activities;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>What is brought home from a job that is over.</summary>
public sealed class CollectResultTests : ActivityTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_BringsModelTokensAndMetrics_HoweverTheResultFileIsWrapped(bool base64)
    {
        await UseEmulatorAsync(new EmulatorOptions { Seed = 7, ResultFilesAreBase64 = base64 });
        string job = await FinishAsync();

        FineTuneOutcome outcome = await CollectAsync(job);

        Assert.Equal((RunStatus.Succeeded, job), (outcome.Status, outcome.JobId));
        Assert.StartsWith("ft:gpt-4.1-mini-2025-04-14:", outcome.ModelId, StringComparison.Ordinal);
        Assert.True(outcome.TrainedTokens > 0);
        Assert.Null(outcome.ErrorCode);
        Assert.StartsWith("step,train_loss", Store.TextBeside("support.jsonl", ".run-1.metrics.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TellsWhyTheJobFailed_WithoutKeys()
    {
        Script(FaultKind.FailJob, "POST", "/v1/fine_tuning/jobs", fault => fault with
        {
            Code = "exceeded_quota",
            Param = "training_file",
            Message = "Key sk-proj-abc***xyz has\r\nno money left.",
        });
        string job = await FinishAsync();

        FineTuneOutcome outcome = await CollectAsync(job);

        Assert.Equal(
            new FineTuneOutcome(RunStatus.Failed, $"Job {job} failed: Key [key] has  no money left.")
            {
                JobId = job,
                ErrorCode = "exceeded_quota",
                ErrorParam = "training_file",
            },
            outcome);
    }

    [Fact]
    public async Task RunAsync_TellsThatTheJobWasCancelled()
    {
        await AddRunAsync();
        string job = await HaveJobAsync(await HaveFileAsync());
        await Api.CancelJobAsync(job, Token);

        FineTuneOutcome outcome = await CollectAsync(job);

        Assert.Equal(new FineTuneOutcome(RunStatus.Cancelled, $"Job {job} was cancelled.") { JobId = job }, outcome);
    }

    [Fact]
    public async Task RunAsync_KeepsTheModel_WhenTheResultFileIsGone()
    {
        string job = await FinishAsync();
        Script(FaultKind.FailBefore, "GET", "/v1/files/*/content", fault => fault with { Status = 404 });

        FineTuneOutcome outcome = await CollectAsync(job);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Null(Store.TextBeside("support.jsonl", ".run-1.metrics.csv"));
    }

    [Fact]
    public async Task RunAsync_IsTriedAgainByTheRule_WhenTheResultFileCannotBeReadNow()
    {
        string job = await FinishAsync();
        Script(FaultKind.FailBefore, "GET", "/v1/files/*/content", fault => fault with { Status = 503 });

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => CollectAsync(job));
    }

    [Theory]
    [InlineData(FaultKind.UnknownStatus)]
    [InlineData(FaultKind.ModelNullAfterSuccess)]
    public async Task RunAsync_IsTriedAgainByTheRule_WhenAStaleAnswerShowsNoResult(FaultKind stale)
    {
        string job = await FinishAsync();
        Script(stale, "GET", "/v1/fine_tuning/jobs/*", fault => fault with { Match = fault.Match! with { Times = 1 } });

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => CollectAsync(job));
        FineTuneOutcome outcome = await CollectAsync(job);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.NotNull(outcome.ModelId);
    }

    private async Task<string> FinishAsync()
    {
        await AddRunAsync();
        string job = await HaveJobAsync(await HaveFileAsync());
        Clock.Advance(TimeSpan.FromHours(1));
        return job;
    }

    private Task<FineTuneOutcome> CollectAsync(string job)
        => new CollectResult(Api, Store, Ledger, NullLogger<CollectResult>.Instance).RunAsync(new CollectInput(RunId, job), Token);
}
