using System.Net;
using System.Net.Sockets;
using FineTune.Emulator.Faults;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Activities;

/// <summary>The call left nothing, or nobody can tell: no second one before two looks, a quiet period apart, were empty.</summary>
public sealed class CreateJobFailureTests : CreateJobTest
{
    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(529)]
    public async Task RunAsync_PostsAgainAfterTwoEmptyLooks_WhenTheCallFailedBeforeItDidAnything(int status)
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Status = status });

        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((2, 1), (Posts, Jobs));
        DateTimeOffset[] posts = PostTimes();
        Assert.True(posts[1] - posts[0] >= Settings.QuietPeriod, $"only {posts[1] - posts[0]} between the calls");
        Assert.Equal(5, Requests("GET /v1/fine_tuning/jobs")); // one before the first call; two looks after it, each by the filter and without it
    }

    [Fact]
    public async Task RunAsync_PostsAgainAfterTwoEmptyLooks_WhenTheProcessDiedBeforeItPosted()
    {
        await ReadyAsync(WithOpenIntent);

        JobCreation first = await StepAsync();
        Assert.Equal((Settings.QuietPeriod, 0), (first.Wait, Posts));

        Clock.Advance(Settings.QuietPeriod);
        JobCreation second = await StepAsync();

        Assert.NotNull(second.JobId);
        Assert.Equal((1, 1, 2), (Posts, Jobs, Claim.Attempts));
    }

    [Fact]
    public async Task RunAsync_DoesNotPostEarly_WhenASignalWakesItDuringTheQuietPeriod()
    {
        await ReadyAsync(WithOpenIntent);
        await StepAsync();
        Clock.Advance(TimeSpan.FromSeconds(50));

        JobCreation woken = await StepAsync();

        Assert.Equal((Settings.QuietPeriod - TimeSpan.FromSeconds(50), 0), (woken.Wait, Posts));
    }

    [Fact]
    public async Task RunAsync_NeedsAttention_WhenThreeCallsWereLost()
    {
        await ReadyAsync();
        OnPost(FaultKind.FailBefore, fault => fault with { Match = fault.Match! with { Times = 0 } });

        JobCreation creation = await StepToTheEndAsync();

        Assert.Equal(RunStatus.NeedsAttention, creation.End!.Status);
        Assert.Contains(Key[..12], creation.End.Detail, StringComparison.Ordinal);
        Assert.Equal((3, 0), (Posts, Jobs));
        Assert.NotNull(Claim.OpenIntentAt); // so that the files stay: a job may turn up yet
    }

    [Fact]
    public async Task RunAsync_PostsNothing_WhenTheIntentCannotBeWritten()
    {
        await ReadyAsync();
        Ledger.BeforeClaimWrite = _ => throw new IOException("The disk is full.");

        await Assert.ThrowsAsync<IOException>(() => StepAsync());

        Assert.Equal(0, Requests("POST /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task RunAsync_PostsNothing_WhenAnotherProcessWroteItsIntentFirst()
    {
        await ReadyAsync();
        Ledger.BeforeClaimWrite = _ =>
        {
            Ledger.BeforeClaimWrite = null;
            Ledger.UpdateClaimAsync(WithOpenIntent(Claim), Token).GetAwaiter().GetResult();
        };

        await Assert.ThrowsAsync<LedgerConflictException>(() => StepAsync());

        Assert.Equal(0, Requests("POST /v1/fine_tuning/jobs"));
    }

    [Fact]
    public async Task RunAsync_BuysOneJob_WhenManyProcessesTryAtOnce()
    {
        await ReadyAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await StepAsync();
            }
            catch (LedgerConflictException)
            {
                // Somebody else was faster; the workflow's rule tries again.
            }
        }));
        JobCreation creation = await StepToTheEndAsync();

        Assert.NotNull(creation.JobId);
        Assert.Equal((1, 1), (Posts, Jobs));
    }

    [Fact]
    public async Task RunAsync_WaitsAndLosesNoAttempt_WhenTheProviderCannotBeReached()
    {
        await ReadyAsync();
        Settings.Endpoint = new Uri($"http://127.0.0.1:{ClosedPort()}/v1/");
        UseSettings();

        JobCreation refused = await StepAsync();

        Assert.Null(refused.End);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Wait);
        Assert.Equal("The provider cannot be asked whether there is a job already", refused.Detail);
        Assert.Equal((0, null), (Claim.Attempts, Claim.OpenIntentAt));
    }

    [Fact]
    public async Task RunAsync_IsADuplicate_WhenAnotherRunHoldsTheClaim()
    {
        await ReadyAsync(claim => claim with { RunId = "run-2" });

        JobCreation creation = await StepAsync();

        Assert.Equal(RunStatus.Duplicate, creation.End!.Status);
        Assert.Equal(0, Posts);
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
