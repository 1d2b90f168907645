using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Sweeping;

/// <summary>
/// Deletes files of ours that no job can need any more: those kept on purpose when a call was lost or a deadline passed, and those whose
/// run nobody remembers.
/// </summary>
public sealed partial class DeleteOrphanFiles(
    IFineTuningApi api, IRunLedger ledger, TimeProvider time, IOptions<FineTuneOptions> options, ILogger<DeleteOrphanFiles> logger)
{
    /// <returns>The files' ids.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(JobCensus census, CancellationToken cancellationToken)
    {
        List<string> deleted = [];
        try
        {
            if (!options.Value.KeepFiles)
            {
                await DeleteAsync(census, deleted, cancellationToken);
            }
        }
        catch (ProviderUnavailableException unavailable)
        {
            // An outage, or a key that may not delete: no reason to leave out the rest of the sweep.
            Log.Later(logger, unavailable.Message);
        }

        return deleted;
    }

    private async Task DeleteAsync(JobCensus census, List<string> deleted, CancellationToken cancellationToken)
    {
        List<ProviderFile> files = await api.ListFilesAsync(cancellationToken).ToListAsync(cancellationToken);
        foreach (ProviderFile file in files)
        {
            if (OurFiles.KeyOf(file.FileName) is { } key && !census.FilesInUse.Contains(file.Id)
                && await IsOrphanAsync(file, key, cancellationToken) && await TryDeleteAsync(file, key, cancellationToken))
            {
                deleted.Add(file.Id);
            }
        }
    }

    /// <summary>
    /// At once where we know that its run is over and left no call whose answer nobody knows. Otherwise only when no run can still be on
    /// its way to a job with it, be it ours or another deployment's.
    /// </summary>
    private async Task<bool> IsOrphanAsync(ProviderFile file, string key, CancellationToken cancellationToken)
    {
        SpendingClaim? claim = await ledger.FindClaimAsync(key, cancellationToken);
        RunRow? run = claim is null ? null : await ledger.FindRunAsync(claim.RunId, cancellationToken);
        return run?.Status is not RunStatus.Running
            && ((run is not null && claim is { OpenIntentAt: null }) || file.CreatedAt < time.GetUtcNow() - LongestWait);
    }

    /// <summary>From the upload to the job.</summary>
    private TimeSpan LongestWait => options.Value.FileDeadline + options.Value.CreateDeadline;

    private async Task<bool> TryDeleteAsync(ProviderFile file, string key, CancellationToken cancellationToken)
    {
        try
        {
            DeletedFile deleted = new(file.Id, time.GetUtcNow(), await api.DeleteFileAsync(file.Id, cancellationToken));
            Log.Deleted(logger, file.Id, key[..12]);
            await WriteDownAsync(key, deleted, cancellationToken);
            return true;
        }
        catch (ProviderRefusedException refused)
        {
            Log.Kept(logger, file.Id, refused.Status);
            return false;
        }
    }

    private async Task WriteDownAsync(string key, DeletedFile deleted, CancellationToken cancellationToken)
    {
        if (await ledger.FindClaimAsync(key, cancellationToken) is { } claim && await ledger.FindRunAsync(claim.RunId, cancellationToken) is not null)
        {
            await ledger.ChangeRunAsync(claim.RunId, row => row.WithDeleted(deleted), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(215, LogLevel.Information, "Deleted {FileId} at the provider, which no job needs; its key begins with {Key}.")]
        public static partial void Deleted(ILogger logger, string fileId, string key);

        [LoggerMessage(216, LogLevel.Warning, "The provider refused to delete {FileId} (HTTP {Status}); delete it there.")]
        public static partial void Kept(ILogger logger, string fileId, int status);

        [LoggerMessage(226, LogLevel.Warning, "Files that no job needs are left for the next sweep: {Reason}")]
        public static partial void Later(ILogger logger, string reason);
    }
}
