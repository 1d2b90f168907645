using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class LedgerClaimTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRunLedger _ledger;

    public LedgerClaimTests() => _ledger = new SqliteRunLedger(_folder["ledger.db"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task TryAddClaimAsync_HasOneWinner_WhenManyClaimOneKeyThroughTwoLedgers()
    {
        using SqliteRunLedger other = new(_folder["ledger.db"]);

        SpendingClaim?[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => (i % 2 == 0 ? _ledger : other).TryAddClaimAsync(Rows.Claim("key", $"run-{i}"), Token), Token)));

        SpendingClaim winner = Assert.Single(answers.OfType<SpendingClaim>());
        Assert.Equal(winner, await _ledger.FindClaimAsync("key", Token));
        Assert.Equal(winner, await other.FindClaimAsync("key", Token));
    }

    [Fact]
    public async Task UpdateClaimAsync_KeepsEveryField()
    {
        SpendingClaim claim = (await _ledger.TryAddClaimAsync(Rows.Claim("key"), Token))!;

        SpendingClaim updated = await _ledger.UpdateClaimAsync(
            claim with
            {
                Attempts = 2,
                FirstIntentAt = Rows.Noon,
                OpenIntentAt = Rows.Noon.AddTicks(7),
                EmptyLookAt = Rows.Noon.AddHours(1),
                JobId = "ftjob-1",
            },
            Token);

        Assert.Equal(updated, await _ledger.FindClaimAsync("key", Token));
        Assert.NotEqual(claim.ETag, updated.ETag);
    }

    [Fact]
    public async Task UpdateClaimAsync_RefusesTheSecondIntent_WhenTwoReadTheSameVersion()
    {
        SpendingClaim claim = (await _ledger.TryAddClaimAsync(Rows.Claim("key"), Token))!;
        SpendingClaim[] intents = [claim with { Attempts = 1, OpenIntentAt = Rows.Noon }, claim with { Attempts = 1, OpenIntentAt = Rows.Noon.AddSeconds(1) }];

        await _ledger.UpdateClaimAsync(intents[0], Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => _ledger.UpdateClaimAsync(intents[1], Token));
        Assert.Equal(Rows.Noon, (await _ledger.FindClaimAsync("key", Token))!.OpenIntentAt);
    }
}
