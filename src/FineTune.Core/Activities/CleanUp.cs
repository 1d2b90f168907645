using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Activities;

/// <summary>Deletes the run's files at the provider once no job can need them: a job whose training file goes early fails.</summary>
public sealed partial class CleanUp(
    IFineTuningApi api, IRunLedger ledger, TimeProvider time, IOptions<FineTuneOptions> options, ILogger<CleanUp> logger)
{
    public async Task<Done> RunAsync(CleanUpInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (run is { UploadBegun: true, Key: not null } && !options.Value.KeepFiles)
        {
            await DeleteFilesAsync(run, cancellationToken);
        }

        return new Done();
    }

    private async Task DeleteFilesAsync(RunRow run, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsJobOverAsync(run, cancellationToken))
            {
                foreach (string fileId in await FindOursAsync(run, cancellationToken))
                {
                    await DeleteFileAsync(run.RunId, fileId, cancellationToken);
                }
            }
        }
        catch (ProviderRefusedException refused)
        {
            // The run has ended and is recorded; a file that may not be deleted must not turn that into a failure.
            Log.Kept(logger, run.RunId, refused.Status);
        }
    }

    private async Task DeleteFileAsync(string runId, string fileId, CancellationToken cancellationToken)
    {
        DeletedFile deleted = new(fileId, time.GetUtcNow(), await api.DeleteFileAsync(fileId, cancellationToken));
        await ledger.ChangeRunAsync(runId, row => row.WithDeleted(deleted), cancellationToken);
        Log.Deleted(logger, runId, fileId);
    }

    /// <summary>The claim is asked, too: it may know of a job that the row does not, and a run that took it over needs files of these names.</summary>
    private async Task<bool> IsJobOverAsync(RunRow run, CancellationToken cancellationToken)
    {
        SpendingClaim? claim = await ledger.FindClaimAsync(run.Key!, cancellationToken);
        if (claim is not null && claim.RunId != run.RunId)
        {
            return false;
        }

        // An open intent means that a job of ours may exist, and need its file.
        return (run.JobId ?? claim?.JobId) is { } jobId
            ? await IsFinalAsync(run, jobId, cancellationToken)
            : claim is not { OpenIntentAt: not null };
    }

    private async Task<bool> IsFinalAsync(RunRow run, string jobId, CancellationToken cancellationToken)
    {
        ProviderJob job = await api.GetJobAsync(jobId, cancellationToken);
        bool wasOver = run is { JobId: not null, Status: RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled };
        return job.Status.IsFinal || (wasOver
            ? throw new ProviderUnavailableException($"The provider shows job {jobId} as '{job.Status}' after it was over. Looking again.")
            : false);
    }

    /// <summary>Those recorded; and by name, which costs a listing, only where an upload's answer was lost and there may be others.</summary>
    private async Task<HashSet<string>> FindOursAsync(RunRow run, CancellationToken cancellationToken)
    {
        string[] names = [UploadName.Training(run.Key!), UploadName.Validation(run.Key!)];
        HashSet<string> ours = [.. new[] { run.TrainingFileId, run.ValidationFileId }.OfType<string>()];
        bool allKnown = run.TrainingFileId is not null && (run.ValidationFileId is not null || !run.ValidationUploadBegun) && !run.UploadRepeated;
        if (allKnown)
        {
            return ours;
        }

        await foreach (ProviderFile file in api.ListFilesAsync(cancellationToken))
        {
            if (names.Contains(file.FileName))
            {
                ours.Add(file.Id);
            }
        }

        return ours;
    }

    private static partial class Log
    {
        [LoggerMessage(170, LogLevel.Information, "Run {RunId}: deleted {FileId} at the provider.")]
        public static partial void Deleted(ILogger logger, string runId, string fileId);

        [LoggerMessage(171, LogLevel.Warning, "Run {RunId}: the provider refused to delete the run's files (HTTP {Status}); delete them there.")]
        public static partial void Kept(ILogger logger, string runId, int status);
    }
}
