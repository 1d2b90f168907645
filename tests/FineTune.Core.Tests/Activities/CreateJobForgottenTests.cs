using System.Text.Json;
using FineTune.Ports;
using FineTune.Provider;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>A ledger that was lost knows of no call; the provider still has the job.</summary>
public sealed class CreateJobForgottenTests : CreateJobTest
{
    [Fact]
    public async Task RunAsync_AdoptsTheJob_ThatALostLedgerForgot()
    {
        await ReadyAsync();
        string job = await HaveForgottenJobAsync();

        JobCreation creation = await StepAsync();

        Assert.Equal((job, 0), (creation.JobId, Posts - 1)); // the one post is the test's own
        Assert.Equal(job, Claim.JobId);
    }

    [Theory]
    [InlineData("another sha", null)] // its story makes another key
    [InlineData("sha-of-the-dataset", "production")] // another deployment's
    public async Task RunAsync_AdoptsNoJob_ThatOnlyLooksLikeOurs(string sha, string? installation)
    {
        await ReadyAsync();
        string other = await HaveForgottenJobAsync(sha, installation);

        JobCreation creation = await StepAsync();

        Assert.NotNull(creation.JobId);
        Assert.NotEqual(other, creation.JobId);
    }

    [Fact]
    public async Task RunAsync_AsksForANewJob_WhenTheForgottenOneFailed()
    {
        await ReadyAsync();
        string failed = await HaveForgottenJobAsync();
        await Api.CancelJobAsync(failed, Token);

        Assert.NotEqual(failed, (await StepAsync()).JobId);
    }

    [Fact]
    public async Task RunAsync_AdoptsItsJob_WhenItsClaimIsGone()
    {
        await AddRunAsync();
        await HaveTrainingFileAsync();
        string job = await HaveJobAsync(File, new { ft_key = Key });

        JobCreation creation = await StepAsync();

        Assert.Equal((job, 1), (creation.JobId, Posts));
        Assert.Equal((RunId, job), (Claim.RunId, Claim.JobId));
    }

    [Fact]
    public async Task RunAsync_PostsOnlyAfterTwoLooks_WhenItsClaimIsGone()
    {
        await AddRunAsync();
        await HaveTrainingFileAsync();

        DateTimeOffset begun = Clock.GetUtcNow();
        JobCreation looks = await StepAsync();
        Assert.Equal((Settings.QuietPeriod, 0), (looks.Wait, Posts));

        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
        Assert.True(PostTimes().Single() - begun >= Settings.QuietPeriod);
    }

    [Fact]
    public async Task RunAsync_AdoptsTheForgottenJob_WhenItsClaimIsGone()
    {
        await AddRunAsync();
        await HaveTrainingFileAsync();
        string job = await HaveForgottenJobAsync();

        JobCreation creation = await StepToTheEndAsync();

        Assert.Equal((job, 1), (creation.JobId, Posts));
    }

    private async Task<string> HaveForgottenJobAsync(string sha = "sha-of-the-dataset", string? installation = null)
    {
        JobOrigin origin = new()
        {
            RunId = "an earlier run",
            Dataset = new DatasetVersion("support.jsonl", "v0", 1),
            Spec = Spec,
            CreatedAt = Clock.GetUtcNow(),
            Sha256 = sha,
        };
        NewJob asked = new(Key, Spec, await HaveFileAsync(), ValidationFileId: null, Attempt: 1) { Origin = origin };
        return await HaveJobAsync(asked.TrainingFileId, JsonSerializer.Deserialize<JsonElement>(JobMetadata.Write(asked, installation).ToJsonString()));
    }
}
