using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>What came of asking for a job: the job, or else what the run is told.</summary>
/// <param name="Claim">As the call left it.</param>
public sealed record PlacedOrder(SpendingClaim Claim, ProviderJob? Job, JobCreation? Told);

/// <summary>
/// The only call that costs money: its intent before it, and what the answer means. Whether it may be made, <see cref="CreateJob"/> has decided.
/// </summary>
public sealed partial class JobOrder(
    IFineTuningApi api, IRunLedger ledger, IDatasetStore store, JobLine line, TimeProvider time, ILogger<JobOrder> logger)
{
    public async Task<PlacedOrder> PlaceAsync(CreateJobInput input, SpendingClaim claim, RunRow run, CancellationToken cancellationToken)
    {
        Grader? grader = await store.ReadGraderAsync(run.RunId, run.Dataset.Name, input.Spec, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        claim = await ledger.UpdateClaimAsync(
            claim with
            {
                Attempts = claim.Attempts + 1,
                FirstIntentAt = claim.FirstIntentAt ?? now,
                OpenIntentAt = now,
                EmptyLookAt = null,
                NotBefore = null,
            },
            cancellationToken);
        CreateJobAnswer answer = await api.CreateJobAsync(
            new NewJob(input.Key, input.Spec, input.TrainingFileId, input.ValidationFileId, claim.Attempts)
            {
                Grader = grader,
                Origin = JobOrigin.Of(run),
            },
            cancellationToken);
        return await HearAsync(input, claim, answer, cancellationToken);
    }

    private async Task<PlacedOrder> HearAsync(
        CreateJobInput input, SpendingClaim claim, CreateJobAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case CreateJobAnswer.Created(var job):
                Log.Created(logger, input.RunId, job.Id);
                return new PlacedOrder(claim, job, Told: null);

            case CreateJobAnswer.Rejected { RetryAfter: { } pause, Limit: { } limit } full:
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, full.Error.Code, pause);
                return Told(await BackIntoLineAsync(input, full.Error, pause, limit, cancellationToken));

            case CreateJobAnswer.Rejected { RetryAfter: { } pause } later:
                await CloseIntentAsync(claim with { NotBefore = time.GetUtcNow() + pause }, cancellationToken);
                Log.Refused(logger, input.RunId, later.Error.Code, pause);
                return Told(JobCreation.Later(pause, $"The provider says: {later.Error.Message}"));

            case CreateJobAnswer.Rejected(var error, _, _):
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, error.Code, null);
                return Told(JobCreation.Ended(RunStatus.Failed, $"The provider refused the job: {error.Message}", error));

            case CreateJobAnswer.Fatal(var error, var closed):
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, error.Code, null);
                return Told(JobCreation.Ended(closed ? RunStatus.ProviderClosed : RunStatus.NeedsAttention, error.Message, error));

            default:
                string reason = ((CreateJobAnswer.Ambiguous)answer).Reason;
                Log.Lost(logger, input.RunId, reason);
                return Told(
                    JobCreation.Later(TimeSpan.FromSeconds(1), $"The answer was lost ({reason}); looking whether there is a job") with { StopsClock = true });
        }

        PlacedOrder Told(JobCreation told) => new(claim, Job: null, told);
    }

    /// <summary>What the provider said goes for all who wait.</summary>
    private async Task<JobCreation> BackIntoLineAsync(
        CreateJobInput input, ProviderError error, TimeSpan pause, JobLimit limit, CancellationToken cancellationToken)
    {
        await line.CloseAsync(input.RunId, error.Message, pause, limit is JobLimit.Daily, cancellationToken);
        return JobCreation.Later(line.FirstLookWithin(pause), $"The provider says: {error.Message}");
    }

    /// <summary>The call surely created nothing: it does not count as lost.</summary>
    private async Task CloseIntentAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        for (SpendingClaim? now = claim; now is { JobId: null } && now.OpenIntentAt == claim.OpenIntentAt; now = await ledger.FindClaimAsync(claim.Key, cancellationToken))
        {
            try
            {
                await ledger.UpdateClaimAsync(now with { Attempts = now.Attempts - 1, OpenIntentAt = null, EmptyLookAt = null, NotBefore = claim.NotBefore }, cancellationToken);
                return;
            }
            catch (LedgerConflictException)
            {
                // Another execution of the run has looked meanwhile; the intent is still ours to close.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "Run {RunId}: created job {JobId}.")]
        public static partial void Created(ILogger logger, string runId, string jobId);

        [LoggerMessage(132, LogLevel.Warning, "Run {RunId}: the provider refused the job ({Code}); next try after {RetryAfter}.")]
        public static partial void Refused(ILogger logger, string runId, string? code, TimeSpan? retryAfter);

        [LoggerMessage(133, LogLevel.Warning, "Run {RunId}: the answer to the call that creates the job was lost: {Reason}.")]
        public static partial void Lost(ILogger logger, string runId, string reason);
    }
}
