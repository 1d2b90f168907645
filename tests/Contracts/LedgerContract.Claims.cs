using FineTune.Ports;

namespace FineTune.Tests.Contracts;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task TryAddClaimAsync_HasOneWinner_WhenManyClaimOneKeyThroughTwoLedgers()
    {
        IRunLedger other = await OpenAsync();

        SpendingClaim?[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => (i % 2 == 0 ? Ledger : other).TryAddClaimAsync(Rows.Claim("key", $"run-{i}"), Token), Token)));

        SpendingClaim winner = Assert.Single(answers.OfType<SpendingClaim>());
        Assert.Equal(winner, await Ledger.FindClaimAsync("key", Token));
        Assert.Equal(winner, await other.FindClaimAsync("key", Token));
    }

    [Fact]
    public async Task UpdateClaimAsync_KeepsEveryField()
    {
        SpendingClaim claim = (await Ledger.TryAddClaimAsync(Rows.Claim("key"), Token))!;

        SpendingClaim updated = await Ledger.UpdateClaimAsync(
            claim with
            {
                Attempts = 2,
                FirstIntentAt = Rows.Noon,
                OpenIntentAt = Rows.Noon.AddTicks(7),
                EmptyLookAt = Rows.Noon.AddHours(1),
                JobId = "ftjob-1",
            },
            Token);

        Assert.Equal(updated, await Ledger.FindClaimAsync("key", Token));
        Assert.NotEqual(claim.ETag, updated.ETag);
    }

    [Fact]
    public async Task UpdateClaimAsync_RefusesTheSecondIntent_WhenTwoReadTheSameVersion()
    {
        SpendingClaim claim = (await Ledger.TryAddClaimAsync(Rows.Claim("key"), Token))!;
        SpendingClaim[] intents = [claim with { Attempts = 1, OpenIntentAt = Rows.Noon }, claim with { Attempts = 1, OpenIntentAt = Rows.Noon.AddSeconds(1) }];

        await Ledger.UpdateClaimAsync(intents[0], Token);

        await Assert.ThrowsAsync<LedgerConflictException>(() => Ledger.UpdateClaimAsync(intents[1], Token));
        Assert.Equal(Rows.Noon, (await Ledger.FindClaimAsync("key", Token))!.OpenIntentAt);
    }
}
