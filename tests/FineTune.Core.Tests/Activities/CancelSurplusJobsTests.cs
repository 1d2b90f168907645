using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>One run has one job: a second one of ours is cancelled while it is young, and nobody else's is touched.</summary>
public sealed class CancelSurplusJobsTests : ActivityTest
{
    private static readonly object Ours = new { ft_key = Key };

    [Fact]
    public async Task RunAsync_CancelsTheSecondJobOfTheKey_BeforeItCostsAnything()
    {
        string file = await HaveRunAsync();
        string kept = await HaveJobAsync(file, Ours);
        string surplus = await HaveJobAsync(file, Ours);

        await CancelSurplusAsync(kept);

        ProviderJob cancelled = await Api.GetJobAsync(surplus, Token);
        Assert.Equal((JobStatus.Cancelled, null), (cancelled.Status, cancelled.TrainedTokens));
        Assert.False((await Api.GetJobAsync(kept, Token)).Status.IsFinal);
    }

    [Fact]
    public async Task RunAsync_LeavesOthersAlone_WhenTheyHaveAnotherKeyOrAnotherFile()
    {
        string file = await HaveRunAsync();
        string kept = await HaveJobAsync(file, Ours);
        string[] others =
        [
            await HaveJobAsync(file),
            await HaveJobAsync(file, new { ft_key = "another" }),
            await HaveJobAsync(await HaveFileAsync("theirs.jsonl"), Ours),
        ];

        await CancelSurplusAsync(kept);

        foreach (string other in others)
        {
            Assert.False((await Api.GetJobAsync(other, Token)).Status.IsFinal);
        }
    }

    [Fact]
    public async Task RunAsync_LeavesASecondJobAlone_WhenItIsOver()
    {
        string file = await HaveRunAsync();
        string over = await HaveJobAsync(file, Ours);
        Clock.Advance(TimeSpan.FromHours(1));
        string kept = await HaveJobAsync(file, Ours);

        await CancelSurplusAsync(kept);

        Assert.Equal(JobStatus.Succeeded, (await Api.GetJobAsync(over, Token)).Status);
    }

    private async Task<string> HaveRunAsync()
    {
        string file = await HaveFileAsync();
        await AddRunAsync(row => row with { TrainingFileId = file });
        await Ledger.TryAddClaimAsync(new SpendingClaim { Key = Key, RunId = RunId, FirstIntentAt = Clock.GetUtcNow() }, Token);
        return file;
    }

    private Task<Done> CancelSurplusAsync(string jobId)
        => new CancelSurplusJobs(Api, Ledger, NullLogger<CancelSurplusJobs>.Instance).RunAsync(new CancelSurplusInput(RunId, jobId), Token);
}
