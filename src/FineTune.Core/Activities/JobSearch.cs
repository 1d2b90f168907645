using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Options;

namespace FineTune.Activities;

/// <summary>What a look after a lost call has shown: its job; or, with a wait, nothing yet; or, with neither, that it left none.</summary>
public readonly record struct LostCallLook(ProviderJob? Job, TimeSpan? Wait);

/// <summary>
/// Looks for a job of ours before another one is bought. A call whose answer was lost has left none only when two looks, a quiet period apart,
/// show none.
/// </summary>
public sealed class JobSearch(IFineTuningApi api, IRunLedger ledger, TimeProvider time, IOptions<ProviderOptions> options)
{
    /// <summary>Before a call, where no earlier one is open.</summary>
    /// <returns>Null when there is none.</returns>
    public Task<ProviderJob?> FindAsync(CreateJobInput input, SpendingClaim claim, CancellationToken cancellationToken)
        => claim.FirstIntentAt is null
            ? FindForgottenAsync(input.Key, cancellationToken)
            : FindOldestAsync(input, claim, isFiltered: true, cancellationToken);

    /// <summary>One look after a call whose answer was lost. Not even the provider's filter is taken at its word: a job it does not show would be paid for twice.</summary>
    public async Task<LostCallLook> LookForLostAsync(CreateJobInput input, SpendingClaim claim, CancellationToken cancellationToken)
    {
        ProviderJob? job = await FindOldestAsync(input, claim, isFiltered: true, cancellationToken)
            ?? await FindOldestAsync(input, claim, isFiltered: false, cancellationToken);
        return new LostCallLook(job, job is null ? await RestOfQuietAsync(claim, cancellationToken) : null);
    }

    /// <returns>Null when the first look that found nothing is long enough ago.</returns>
    private async Task<TimeSpan?> RestOfQuietAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (claim.EmptyLookAt is not { } first)
        {
            await ledger.UpdateClaimAsync(claim with { EmptyLookAt = now }, cancellationToken);
            return options.Value.QuietPeriod;
        }

        TimeSpan rest = first + options.Value.QuietPeriod - now;
        return rest > TimeSpan.Zero ? rest : null;
    }

    /// <summary>
    /// A claim that never led to a call may be younger than the job: the ledger was lost. The training file is another one then, but the job
    /// tells a story that makes this very key. What failed or was cancelled is not worth having.
    /// </summary>
    private async Task<ProviderJob?> FindForgottenAsync(string key, CancellationToken cancellationToken)
        => await api.ListJobsAsync(key, cancellationToken).FirstOrDefaultAsync(
            job => job.Key == key && job.Installation == options.Value.Installation && job.Origin?.Explains(key) is true
                && job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled,
            cancellationToken);

    /// <summary>The oldest one, should there be several: the one that has cost most.</summary>
    private async Task<ProviderJob?> FindOldestAsync(
        CreateJobInput input, SpendingClaim claim, bool isFiltered, CancellationToken cancellationToken)
        => await api.ListOursAsync(input.Key, input.TrainingFileId, claim.FirstIntentAt, isFiltered, cancellationToken)
            .LastOrDefaultAsync(cancellationToken);
}
