using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Sweeping;

/// <summary>
/// Gives every job of ours a run that sees it to its end, when the ledger, the engine's journal or both have lost theirs. The run begins at the
/// job and never asks for one.
/// </summary>
/// <remarks>
/// The row first, then what the run before held, then the claim, which tells whose the job is, then the workflow: a sweep that dies in between is
/// finished by the next one, for each step finds what the one before left.
/// </remarks>
public sealed partial class RecoverJobs(
    IRunLedger ledger, IWorkflowClient workflows, MonthBudget months, JobLine line, CloseRun closeRun, TimeProvider time, IOptions<FineTuneOptions> options,
    ILogger<RecoverJobs> logger)
{
    /// <returns>The runs that were written again.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(JobCensus census, CancellationToken cancellationToken)
    {
        List<string> recovered = [];
        foreach (ProviderJob job in census.Ours)
        {
            try
            {
                RunRow? holder = await FindHolderAsync(job, cancellationToken);
                if (!IsForgotten(job) && !await IsLookedAfterAsync(job, holder, cancellationToken))
                {
                    recovered.Add(await RecoverAsync(job, holder, cancellationToken));
                }
            }
            catch (LedgerConflictException conflict)
            {
                Log.Busy(logger, job.Id, conflict.Message); // Somebody is at it right now; the next sweep sees how that ended.
            }
        }

        return recovered;
    }

    /// <summary>A row that was deleted because of its age must not come back.</summary>
    private bool IsForgotten(ProviderJob job)
        => job.Status.IsFinal && options.Value.Retention is { } retention && job.CreatedAt < time.GetUtcNow() - retention;

    private async Task<RunRow?> FindHolderAsync(ProviderJob job, CancellationToken cancellationToken)
        => await ledger.FindClaimAsync(job.Key!, cancellationToken) is { } claim ? await ledger.FindRunAsync(claim.RunId, cancellationToken) : null;

    /// <summary>A run is on its way to the job's end, or has recorded it. One that gave up on a job that is still there has not.</summary>
    private async Task<bool> IsLookedAfterAsync(ProviderJob job, RunRow? holder, CancellationToken cancellationToken) => holder?.Status switch
    {
        null => false,
        RunStatus.Running => await StateOfAsync(holder.RunId, cancellationToken) is WorkflowStatus.Running or WorkflowStatus.Parked
            || await ledger.FindRunAsync(holder.RunId, cancellationToken) is { Status: not RunStatus.Running }, // it ended between the two looks
        RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled
            => holder.JobId == job.Id || (job.Status.IsFinal && job.Status != JobStatus.Succeeded),
        RunStatus.NeedsAttention => holder.JobId == job.Id && job is { ModelId: null } && job.Status == JobStatus.Succeeded, // it would wait for that name again
        _ => false,
    };

    private async Task<string> RecoverAsync(ProviderJob job, RunRow? holder, CancellationToken cancellationToken)
    {
        RunRow run = await RestoreRowAsync(job, holder, cancellationToken);
        await RestoreShareAsync(holder, run, cancellationToken);
        if (!job.Status.IsFinal)
        {
            await line.HoldPlaceAsync(run.RunId, job, cancellationToken);
        }

        await CloseAsync(holder, run, cancellationToken);
        await RestoreClaimAsync(job, run.RunId, cancellationToken);
        FineTuneInput input = new(run.Dataset, Validation: null, run.Spec, StartRun.LimitsOf(options.Value), FineTuneInput.CurrentForm) { JobId = job.Id };
        await workflows.StartAsync(nameof(FineTuneWorkflow), run.RunId, input, cancellationToken);
        Log.Recovered(logger, run.RunId, job.Id, job.Status.Value);
        return run.RunId;
    }

    /// <summary>Under the run's old id where that is free: the row is gone, and no workflow of that id has come to an end.</summary>
    private async Task<RunRow> RestoreRowAsync(ProviderJob job, RunRow? holder, CancellationToken cancellationToken)
    {
        JobOrigin origin = job.Origin ?? Unknown(job);
        for (int again = 0; ; again++)
        {
            RunRow row = Row(again == 0 ? origin.RunId : RunId.ForRecovered(job.Id, again), origin, job) with
            {
                CancelRequested = holder is { CancelRequested: true },
            };
            if (await StateOfAsync(row.RunId, cancellationToken) is null or WorkflowStatus.Running)
            {
                bool added = await ledger.TryAddRunAsync(row, cancellationToken);
                RunRow? present = added ? row : await ledger.FindRunAsync(row.RunId, cancellationToken);
                if (added || (present is { Status: RunStatus.Running } && present.Key == job.Key))
                {
                    return present!;
                }
            }
        }
    }

    private async Task RestoreClaimAsync(ProviderJob job, string runId, CancellationToken cancellationToken)
    {
        SpendingClaim claim = new() { Key = job.Key!, RunId = runId, Attempts = 1, FirstIntentAt = job.CreatedAt, JobId = job.Id };
        if (await ledger.TryAddClaimAsync(claim, cancellationToken) is null)
        {
            SpendingClaim present = await ledger.FindClaimAsync(job.Key!, cancellationToken) ?? throw new LedgerConflictException($"The claim {job.Key}");
            await ledger.UpdateClaimAsync(
                present with { RunId = runId, JobId = job.Id, FirstIntentAt = present.FirstIntentAt ?? job.CreatedAt, OpenIntentAt = null, EmptyLookAt = null },
                cancellationToken);
        }
    }

    /// <summary>A run whose workflow broke off for good, when another one goes on in its place.</summary>
    private async Task CloseAsync(RunRow? holder, RunRow successor, CancellationToken cancellationToken)
    {
        if (holder is { Status: RunStatus.Running } && holder.RunId != successor.RunId)
        {
            await closeRun.RunAsync(holder.RunId, $"Its workflow broke off. Run {successor.RunId} goes on with its job.", cancellationToken);
        }
    }

    /// <summary>What it may cost counts in the month it began in, or a lost ledger would be a fresh budget; and it counts once.</summary>
    private async Task RestoreShareAsync(RunRow? holder, RunRow run, CancellationToken cancellationToken)
    {
        if (run is { BudgetMonth: { } month, PriceHigh: { } price })
        {
            await months.TryReserveAsync(month, run.RunId, price, limit: null, cancellationToken);
            if (holder is { BudgetMonth: { } held } && holder.RunId != run.RunId)
            {
                await months.SettleAsync(held, holder.RunId, billed: 0, cancellationToken);
            }
        }
    }

    private RunRow Row(string runId, JobOrigin origin, ProviderJob job) => new()
    {
        RunId = runId,
        Dataset = origin.Dataset,
        Spec = origin.Spec,
        CreatedAt = origin.CreatedAt,
        UpdatedAt = time.GetUtcNow(),
        RecoveredAt = time.GetUtcNow(),
        Key = job.Key,
        Sha256 = origin.Sha256,
        ValidationSha256 = origin.ValidationSha256,
        Examples = origin.Examples,
        Tokens = origin.Tokens,
        PriceLow = origin.PriceLow,
        PriceHigh = origin.PriceHigh,
        BudgetMonth = MonthBudget.MonthOf(origin.CreatedAt),
        UploadBegun = true,
        TrainingFileId = job.TrainingFileId,
        ValidationFileId = job.ValidationFileId,
        JobId = job.Id,
    };

    /// <summary>A job of a release that wrote no more than the key into it.</summary>
    private static JobOrigin Unknown(ProviderJob job) => new()
    {
        RunId = RunId.ForRecovered(job.Id, again: 0),
        Dataset = new DatasetVersion($"{job.Key![..12]}.jsonl", "unknown", 0),
        Spec = new FineTuneSpec { Model = job.Model },
        CreatedAt = job.CreatedAt,
    };

    private async Task<WorkflowStatus?> StateOfAsync(string instanceId, CancellationToken cancellationToken)
        => (await workflows.FindStateAsync(instanceId, cancellationToken))?.Status;

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "Run {RunId}: written again from job {JobId}, which is {Status}; nobody was looking after it.")]
        public static partial void Recovered(ILogger logger, string runId, string jobId, string status);

        [LoggerMessage(211, LogLevel.Information, "Job {JobId} is left for the next sweep: {Reason}")]
        public static partial void Busy(ILogger logger, string jobId, string reason);
    }
}
