using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
    IFineTuningApi api, IRunLedger ledger, JobSearch search, JobOrder order, JobLine line, TimeProvider time, IOptions<FineTuneOptions> options,
    ILogger<CreateJob> logger)
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
        SpendingClaim claim = await ledger.FindClaimAsync(input.Key, cancellationToken) ?? await ClaimAgainAsync(input, cancellationToken);
        if (claim.RunId != input.RunId)
        {
            return JobCreation.Ended(RunStatus.Duplicate, $"Run {claim.RunId} took over the claim on this data and these settings.");
        }

        if (claim.JobId is not null)
        {
            return await CreatedAsync(input, claim.JobId, cancellationToken);
        }

        return claim.OpenIntentAt is null
            ? await TakeTurnAsync(input, claim, cancellationToken)
            : await ClearUpAsync(input, claim, cancellationToken);
    }

    /// <summary>The ledger was lost since the run took its key, and with it whether a call was made: so one counts as open.</summary>
    private async Task<SpendingClaim> ClaimAgainAsync(CreateJobInput input, CancellationToken cancellationToken)
    {
        Log.ClaimedAgain(logger, input.RunId);
        SpendingClaim mine = new() { Key = input.Key, RunId = input.RunId, OpenIntentAt = time.GetUtcNow() };
        return await ledger.TryAddClaimAsync(mine, cancellationToken) ?? throw new LedgerConflictException($"The claim {input.Key}");
    }

    /// <summary>The answer to the last call is not known: a job may exist.</summary>
    private async Task<JobCreation> ClearUpAsync(CreateJobInput input, SpendingClaim claim, CancellationToken cancellationToken)
    {
        LostCallLook look = await search.LookForLostAsync(input, claim, cancellationToken);
        return look.Job is { } job ? await AdoptAsync(input, claim, job, cancellationToken)
            : look.Wait is { } wait ? JobCreation.Later(wait, "The answer to the last call was lost; making sure that it created no job") with { StopsClock = true }
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
            return JobCreation.Later(LookAtPauseEvery, $"Paused by {pause.By} before a job was created") with { StopsClock = true };
        }

        if (claim.NotBefore - time.GetUtcNow() is { } rest && rest > TimeSpan.Zero)
        {
            return JobCreation.Later(rest < LongestWait ? rest : LongestWait, "The provider wants no call yet");
        }

        if (await line.TakePlaceAsync(run, cancellationToken) is { } wait)
        {
            return JobCreation.Later(wait.Pause, wait.Detail);
        }

        // Before every call, whatever became of the one before, comes a look. An open one that we know of was looked for already.
        try
        {
            if (claim is not { OpenIntentAt: not null, FirstIntentAt: not null } && await search.FindAsync(input, claim, cancellationToken) is { } job)
            {
                return await AdoptAsync(input, claim, job, cancellationToken);
            }
        }
        catch (ProviderUnavailableException) when (claim.FirstIntentAt is null)
        {
            return JobCreation.Later(LookAgainAfter, "The provider cannot be asked whether there is a job already");
        }

        if (GivesUp(input, claim, run) is { } end)
        {
            return end;
        }

        PlacedOrder placed = await order.PlaceAsync(input, claim, run, cancellationToken);
        return placed.Job is { } created ? await KeepAsync(input, placed.Claim, created, cancellationToken) : placed.Told!;
    }

    /// <summary>Null while another call makes sense.</summary>
    private JobCreation? GivesUp(CreateJobInput input, SpendingClaim claim, RunRow run)
        => claim.Attempts >= LostCallsAtMost
            ? JobCreation.Ended(
                RunStatus.NeedsAttention,
                $"{claim.Attempts} calls to create the job were lost and no job is to be seen. Look at the provider's dashboard for key {input.Key[..12]}, "
                + "then start again with another generation.")
            : !JobOrigin.Of(run).Explains(input.Key)
            ? JobCreation.Ended(
                RunStatus.NeedsAttention,
                "The run's row was lost and written again, and what it says now does not make the run's key: a job with that story would not be known as ours. "
                + "No job was asked for. Start the dataset again.")
            : run.FilesExpireAt < time.GetUtcNow() + FileLifetime.ForTraining(options.Value)
            ? JobCreation.Ended(
                RunStatus.TimedOut,
                FormattableString.Invariant($"No job could be created in time: the provider deletes the run's file on {run.FilesExpireAt:yyyy-MM-dd}, ")
                + "perhaps before a training is over. Start it again: it is uploaded anew.")
            : null;

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

    private static partial class Log
    {
        [LoggerMessage(131, LogLevel.Warning, "Run {RunId}: adopted job {JobId}, whose creation had not been recorded.")]
        public static partial void Adopted(ILogger logger, string runId, string jobId);

        [LoggerMessage(135, LogLevel.Warning, "Run {RunId}: its claim is not in the ledger; claimed again, and looking for a job as after a lost call.")]
        public static partial void ClaimedAgain(ILogger logger, string runId);

        [LoggerMessage(134, LogLevel.Error, "Run {RunId} had ended as {Status} when job {JobId} was created: asked the provider to cancel it.")]
        public static partial void Orphaned(ILogger logger, string runId, RunStatus status, string jobId);
    }
}
