using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Takes the money lock of this content and spec. Whoever comes second is told who has it.</summary>
public sealed partial class ClaimKey(IRunLedger ledger, ILogger<ClaimKey> logger)
{
    public async Task<Claim> RunAsync(ClaimInput input, CancellationToken cancellationToken)
    {
        SpendingClaim mine = new() { Key = input.Key, RunId = input.RunId };
        SpendingClaim? claim = await ledger.TryAddClaimAsync(mine, cancellationToken)
            ?? await ledger.FindClaimAsync(input.Key, cancellationToken);
        if (claim is null)
        {
            throw new LedgerConflictException($"The claim {input.Key}");
        }

        return claim.RunId == input.RunId ? new Claim(End: null) : await TakeOverAsync(claim, input, cancellationToken);
    }

    /// <summary>A claim whose run is over is free again, if no job was made and no call is left whose answer nobody knows.</summary>
    private async Task<Claim> TakeOverAsync(SpendingClaim claim, ClaimInput input, CancellationToken cancellationToken)
    {
        RunRow? holder = await ledger.FindRunAsync(claim.RunId, cancellationToken);
        if (holder is { Status: not RunStatus.Running } && claim is { JobId: null, OpenIntentAt: null })
        {
            await ledger.UpdateClaimAsync(claim with { RunId = input.RunId }, cancellationToken);
            Log.TakenOver(logger, input.RunId, input.Key, holder.RunId);
            return new Claim(End: null);
        }

        Log.Taken(logger, input.RunId, input.Key, claim.RunId);
        return new Claim(new FineTuneOutcome(
            RunStatus.Duplicate,
            $"Run {claim.RunId} has the same data under the same settings ({holder?.Status.ToString() ?? "no row"}). "
            + "Look there, or start again with another generation to train a second time on purpose.")
        {
            ModelId = holder?.ModelId,
            JobId = claim.JobId,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information, "Run {RunId}: key {Key} belongs to run {Holder}.")]
        public static partial void Taken(ILogger logger, string runId, string key, string holder);

        [LoggerMessage(111, LogLevel.Information, "Run {RunId}: took key {Key} over from run {Holder}, which spent nothing.")]
        public static partial void TakenOver(ILogger logger, string runId, string key, string holder);
    }
}
