using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>
/// Spends once. The provider has no idempotency key, so: no POST without a durable intent before it; no second POST before two looks,
/// a quiet period apart, have shown that the first one left nothing; and a job is adopted only when key and training file are ours.
/// </summary>
/// <remarks>
/// The states are the claim's: no intent → intent open → (rejected: no intent) or (lost: looked once → looked twice → no intent) or job known.
/// Each call makes one step and says how long to wait for the next, so it may die and be called again anywhere.
/// </remarks>
public sealed partial class CreateJob(
    IFineTuningApi api, IRunLedger ledger, IDatasetStore store, JobSearch search, JobLine line, TimeProvider time, ILogger<CreateJob> logger)
{
    /// <summary>So many calls may be lost before a person has to look.</summary>
    private const int LostCallsAtMost = 3;

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Whoever resumes a run wakes it, too; this is for the case that the wake-up is lost.</summary>
    private static readonly TimeSpan LookAtPauseEvery = TimeSpan.FromMinutes(5);

    /// <summary>The clock may have been set since the provider said when.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    public async Task<JobCreation> RunAsync(CreateJobInput input, CancellationToken cancellationToken)
    {
        SpendingClaim claim = await ledger.FindClaimAsync(input.Key, cancellationToken)
            ?? throw new LedgerConflictException($"The claim {input.Key}");
        if (claim.RunId != input.RunId)
        {
            return Ended(RunStatus.Duplicate, $"Run {claim.RunId} took over the claim on this data and these settings.");
        }

        if (claim.JobId is not null)
        {
            return await CreatedAsync(input, claim.JobId, cancellationToken);
        }

        return claim.OpenIntentAt is null
            ? await TakeTurnAsync(input, claim, cancellationToken)
            : await ClearUpAsync(input, claim, cancellationToken);
    }

    /// <summary>The answer to the last call is not known: a job may exist.</summary>
    private async Task<JobCreation> ClearUpAsync(CreateJobInput input, SpendingClaim claim, CancellationToken cancellationToken)
    {
        LostCallLook look = await search.LookForLostAsync(input, claim, cancellationToken);
        return look.Job is { } job ? await AdoptAsync(input, claim, job, cancellationToken)
            : look.Wait is { } wait ? Later(wait, "The answer to the last call was lost; making sure that it created no job") with { StopsClock = true }
            : await TakeTurnAsync(input, claim, cancellationToken);
    }

    /// <summary>The only way to a call: whoever is not cancelled, not paused, and whose turn it is.</summary>
    private async Task<JobCreation> TakeTurnAsync(CreateJobInput input, SpendingClaim claim, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (run.StoppedBefore("a job was created") is { } stopped)
        {
            return new JobCreation(stopped);
        }

        if (run.Paused is { } pause)
        {
            await line.LeaveAsync(run, hasJob: false, cancellationToken); // who is held holds nobody up
            return Later(LookAtPauseEvery, $"Paused by {pause.By} before a job was created") with { StopsClock = true };
        }

        if (claim.NotBefore - time.GetUtcNow() is { } rest && rest > TimeSpan.Zero)
        {
            return Later(rest < LongestWait ? rest : LongestWait, "The provider wants no call yet");
        }

        if (await line.TakePlaceAsync(run, cancellationToken) is { } wait)
        {
            return Later(wait.Pause, wait.Detail);
        }

        // Before every call, whatever became of the one before, comes a look. An open one was looked for already.
        try
        {
            if (claim.OpenIntentAt is null && await search.FindAsync(input, claim, cancellationToken) is { } job)
            {
                return await AdoptAsync(input, claim, job, cancellationToken);
            }
        }
        catch (ProviderUnavailableException) when (claim.FirstIntentAt is null)
        {
            return Later(LookAgainAfter, "The provider cannot be asked whether there is a job already");
        }

        return await PostAsync(input, claim, run, cancellationToken);
    }

    private async Task<JobCreation> PostAsync(CreateJobInput input, SpendingClaim claim, RunRow run, CancellationToken cancellationToken)
    {
        if (claim.Attempts >= LostCallsAtMost)
        {
            return Ended(
                RunStatus.NeedsAttention,
                $"{claim.Attempts} calls to create the job were lost and no job is to be seen. Look at the provider's dashboard for key {input.Key[..12]}, "
                + "then start again with another generation.");
        }

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

    private async Task<JobCreation> HearAsync(
        CreateJobInput input, SpendingClaim claim, CreateJobAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case CreateJobAnswer.Created(var job):
                Log.Created(logger, input.RunId, job.Id);
                return await KeepAsync(input, claim, job, cancellationToken);

            case CreateJobAnswer.Rejected { RetryAfter: { } pause, Limit: { } limit } full:
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, full.Error.Code, pause);
                return await BackIntoLineAsync(input, full.Error, pause, limit, cancellationToken);

            case CreateJobAnswer.Rejected { RetryAfter: { } pause } later:
                await CloseIntentAsync(claim with { NotBefore = time.GetUtcNow() + pause }, cancellationToken);
                Log.Refused(logger, input.RunId, later.Error.Code, pause);
                return Later(pause, $"The provider says: {later.Error.Message}");

            case CreateJobAnswer.Rejected(var error, _, _):
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, error.Code, null);
                return Ended(RunStatus.Failed, $"The provider refused the job: {error.Message}", error);

            case CreateJobAnswer.Fatal(var error, var closed):
                await CloseIntentAsync(claim, cancellationToken);
                Log.Refused(logger, input.RunId, error.Code, null);
                return Ended(closed ? RunStatus.ProviderClosed : RunStatus.NeedsAttention, error.Message, error);

            default:
                string reason = ((CreateJobAnswer.Ambiguous)answer).Reason;
                Log.Lost(logger, input.RunId, reason);
                return Later(TimeSpan.FromSeconds(1), $"The answer was lost ({reason}); looking whether there is a job") with { StopsClock = true };
        }
    }

    private Task<JobCreation> AdoptAsync(CreateJobInput input, SpendingClaim claim, ProviderJob job, CancellationToken cancellationToken)
    {
        Log.Adopted(logger, input.RunId, job.Id);
        return KeepAsync(input, claim, job, cancellationToken);
    }

    private async Task<JobCreation> KeepAsync(
        CreateJobInput input, SpendingClaim claim, ProviderJob job, CancellationToken cancellationToken)
    {
        await ledger.UpdateClaimAsync(claim with { JobId = job.Id, OpenIntentAt = null, EmptyLookAt = null }, cancellationToken);
        await line.OpenAsync(cancellationToken);
        return await CreatedAsync(input, job.Id, cancellationToken);
    }

    /// <summary>What the provider said goes for all who wait.</summary>
    private async Task<JobCreation> BackIntoLineAsync(
        CreateJobInput input, ProviderError error, TimeSpan pause, JobLimit limit, CancellationToken cancellationToken)
    {
        await line.CloseAsync(input.RunId, error.Message, pause, limit is JobLimit.Daily, cancellationToken);
        return Later(line.FirstLookWithin(pause), $"The provider says: {error.Message}");
    }

    private async Task<JobCreation> CreatedAsync(CreateJobInput input, string jobId, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.ChangeRunningAsync(input.RunId, row => row with { JobId = jobId }, cancellationToken);
        if (run.JobId == jobId)
        {
            return new JobCreation(End: null, jobId);
        }

        // The run has ended meanwhile, by another execution of it: nobody would follow this job, and while it is young it costs nothing.
        await api.CancelJobAsync(jobId, cancellationToken);
        Log.Orphaned(logger, input.RunId, run.Status, jobId);
        return new JobCreation(run.StoppedBefore("its job was created"));
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

    private static JobCreation Later(TimeSpan wait, string detail) => new(End: null, Wait: wait, Detail: detail);

    private static JobCreation Ended(RunStatus status, string detail, ProviderError? error = null)
        => new(new FineTuneOutcome(status, detail) { ErrorCode = error?.Code, ErrorParam = error?.Param });

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "Run {RunId}: created job {JobId}.")]
        public static partial void Created(ILogger logger, string runId, string jobId);

        [LoggerMessage(131, LogLevel.Warning, "Run {RunId}: adopted job {JobId}, whose creation had not been recorded.")]
        public static partial void Adopted(ILogger logger, string runId, string jobId);

        [LoggerMessage(134, LogLevel.Error, "Run {RunId} had ended as {Status} when job {JobId} was created: asked the provider to cancel it.")]
        public static partial void Orphaned(ILogger logger, string runId, RunStatus status, string jobId);

        [LoggerMessage(132, LogLevel.Warning, "Run {RunId}: the provider refused the job ({Code}); next try after {RetryAfter}.")]
        public static partial void Refused(ILogger logger, string runId, string? code, TimeSpan? retryAfter);

        [LoggerMessage(133, LogLevel.Warning, "Run {RunId}: the answer to the call that creates the job was lost: {Reason}.")]
        public static partial void Lost(ILogger logger, string runId, string reason);
    }
}
