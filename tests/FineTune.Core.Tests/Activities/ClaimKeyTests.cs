using FineTune.Activities;
using FineTune.Core.Tests.Fakes;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace FineTune.Core.Tests.Activities;

/// <summary>The money lock: one run a key, and a key that cost nothing is free again.</summary>
public sealed class ClaimKeyTests
{
    private readonly InMemoryLedger _ledger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TakesAFreeKey_AndMayRunTwice()
    {
        Assert.Null((await ClaimAsync("run-1")).End);
        Assert.Null((await ClaimAsync("run-1")).End);
        Assert.Equal("run-1", (await _ledger.FindClaimAsync("key", Token))!.RunId);
    }

    [Fact]
    public async Task RunAsync_LetsExactlyOneWin_WhenManyRunsRaceForAKey()
    {
        Claim[] claims = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => ClaimAsync($"run-{i}"), Token)));

        Assert.Single(claims, claim => claim.End is null);
        Assert.All(claims.Where(claim => claim.End is not null), claim => Assert.Equal(RunStatus.Duplicate, claim.End!.Status));
    }

    [Fact]
    public async Task RunAsync_PointsAtTheRunThatHasTheKey()
    {
        await AddRunAsync("run-1", row => row with { ModelId = "ft:m" });
        await ClaimAsync("run-1", claim => claim with { JobId = "ftjob-1", FirstIntentAt = DateTimeOffset.UnixEpoch });

        Claim claim = await ClaimAsync("run-2");

        Assert.Equal((RunStatus.Duplicate, "ft:m", "ftjob-1"), (claim.End!.Status, claim.End.ModelId, claim.End.JobId));
        Assert.Contains("run-1", claim.End.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunStatus.Cancelled, null, false, true)]
    [InlineData(RunStatus.NeedsAttention, null, false, true)] // refused for want of a good key: surely no job
    [InlineData(RunStatus.Running, null, false, false)]
    [InlineData(RunStatus.Failed, "ftjob-1", false, false)]
    [InlineData(RunStatus.NeedsAttention, null, true, false)] // a call was lost: a job may exist
    public async Task RunAsync_TakesAKeyOver_OnlyFromARunThatIsOverAndSurelyMadeNoJob(RunStatus holder, string? job, bool open, bool taken)
    {
        await AddRunAsync("run-1", row => row with { Status = holder });
        await ClaimAsync("run-1", claim => claim with
        {
            FirstIntentAt = DateTimeOffset.UnixEpoch,
            OpenIntentAt = open ? DateTimeOffset.UnixEpoch : null,
            JobId = job,
        });

        Claim claim = await ClaimAsync("run-2");

        Assert.Equal(taken, claim.End is null);
        Assert.Equal(taken ? "run-2" : "run-1", (await _ledger.FindClaimAsync("key", Token))!.RunId);
    }

    [Fact]
    public async Task RunAsync_LetsExactlyOneWin_WhenTwoTakeAKeyOverAtOnce()
    {
        await AddRunAsync("run-1", row => row with { Status = RunStatus.Cancelled });
        await ClaimAsync("run-1");
        _ledger.BeforeClaimWrite = claim =>
        {
            if (claim.RunId == "run-2" && claim.ETag is not null)
            {
                _ledger.BeforeClaimWrite = null;
                Assert.Null(ClaimAsync("run-3").GetAwaiter().GetResult().End);
            }
        };

        await Assert.ThrowsAsync<LedgerConflictException>(() => ClaimAsync("run-2"));
        await AddRunAsync("run-3", row => row);

        Assert.Equal(RunStatus.Duplicate, (await ClaimAsync("run-2")).End!.Status);
    }

    [Fact]
    public async Task RunAsync_IsADuplicate_WhenTheHoldersRowIsMissing()
    {
        await ClaimAsync("run-1");

        Assert.Equal(RunStatus.Duplicate, (await ClaimAsync("run-2")).End!.Status);
    }

    private async Task<Claim> ClaimAsync(string run, Func<SpendingClaim, SpendingClaim>? change = null)
    {
        Claim claim = await new ClaimKey(_ledger, NullLogger<ClaimKey>.Instance).RunAsync(new ClaimInput(run, "key"), Token);
        if (change is not null)
        {
            await _ledger.UpdateClaimAsync(change((await _ledger.FindClaimAsync("key", Token))!), Token);
        }

        return claim;
    }

    private Task<bool> AddRunAsync(string id, Func<RunRow, RunRow> change) => _ledger.TryAddRunAsync(
        change(new RunRow
        {
            RunId = id,
            Dataset = new DatasetVersion("support.jsonl", "v1", 1),
            Spec = new FineTuneSpec { Model = "gpt-4.1-mini-2025-04-14" },
            CreatedAt = DateTimeOffset.UnixEpoch,
        }),
        Token);
}
