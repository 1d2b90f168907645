using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Puts exactly the inspected bytes at the provider, under a name of ours by which a second attempt finds them again.</summary>
public sealed partial class UploadDataset(
    IDatasetStore store, IFineTuningApi api, IRunLedger ledger, ILogger<UploadDataset> logger)
{
    public async Task<Upload> RunAsync(UploadInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (run.StoppedBefore("anything was uploaded") is { } stopped)
        {
            return new Upload(stopped);
        }

        if (FileOf(run, input) is { } known)
        {
            return new Upload(End: null, known);
        }

        // A look costs a listing; it is needed only where an earlier attempt may have come through.
        ProviderFile? file = IsBegun(run, input.IsValidation) ? await FindOursAsync(input, cancellationToken) : null;
        bool isNew = file is null;
        if (file is null)
        {
            await ledger.ChangeRunningAsync(input.RunId, row => Begun(row, input), cancellationToken);
            try
            {
                file = await SendAsync(input, cancellationToken);
            }
            catch (DatasetUnavailableException unavailable)
            {
                return new Upload(unavailable.ToOutcome());
            }
        }

        return await KeepAsync(input, file, isNew, cancellationToken);
    }

    private static string? FileOf(RunRow run, UploadInput input) => input.IsValidation ? run.ValidationFileId : run.TrainingFileId;

    /// <summary>The first file recorded is the run's for good: two executions of it must not each buy a job, on a file each.</summary>
    private async Task<Upload> KeepAsync(UploadInput input, ProviderFile file, bool isNew, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.ChangeRunningAsync(
            input.RunId, row => FileOf(row, input) is null ? With(row, file, input.IsValidation) : row, cancellationToken);
        string? kept = FileOf(run, input);
        if (kept != file.Id && isNew)
        {
            await api.DeleteFileAsync(file.Id, cancellationToken);
        }

        return kept is not null ? new Upload(End: null, kept) : new Upload(run.StoppedBefore("its file was uploaded"));
    }

    private static RunRow With(RunRow row, ProviderFile file, bool isValidation) => row with
    {
        TrainingFileId = isValidation ? row.TrainingFileId : file.Id,
        ValidationFileId = isValidation ? file.Id : row.ValidationFileId,
        FilesExpireAt = file.ExpiresAt > row.FilesExpireAt ? file.ExpiresAt : row.FilesExpireAt ?? file.ExpiresAt,
    };

    private static bool IsBegun(RunRow row, bool isValidation) => isValidation ? row.ValidationUploadBegun : row.UploadBegun;

    /// <summary>
    /// Judged by the row that is written over, for two executions of the run may begin at once. With the hash, for a row that was lost and written
    /// again since the inspection does not have it, and a job that cannot tell it is known to nobody as ours.
    /// </summary>
    private static RunRow Begun(RunRow row, UploadInput input) => row with
    {
        Sha256 = input.IsValidation ? row.Sha256 : input.Sha256,
        ValidationSha256 = input.IsValidation ? input.Sha256 : row.ValidationSha256,
        UploadBegun = true,
        ValidationUploadBegun = row.ValidationUploadBegun || input.IsValidation,
        UploadRepeated = row.UploadRepeated || IsBegun(row, input.IsValidation),
    };

    private async Task<ProviderFile?> FindOursAsync(UploadInput input, CancellationToken cancellationToken)
    {
        await foreach (ProviderFile file in api.ListFilesAsync(cancellationToken))
        {
            if (file.FileName == input.FileName && file.Bytes == input.Dataset.Length)
            {
                Log.Found(logger, input.RunId, file.Id);
                return file;
            }
        }

        return null;
    }

    private async Task<ProviderFile> SendAsync(UploadInput input, CancellationToken cancellationToken)
    {
        await using Stream stream = await store.OpenReadAsync(input.Dataset, cancellationToken);
        await using HashingStream hashing = new(stream);
        ProviderFile file = await api.UploadFileAsync(input.FileName, hashing, cancellationToken);
        if (hashing.Sha256 != input.Sha256)
        {
            await api.DeleteFileAsync(file.Id, cancellationToken);
            throw new DatasetUnavailableException(input.Dataset, overwritten: true);
        }

        Log.Uploaded(logger, input.RunId, file.Id, file.Bytes);
        return file;
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Information, "Run {RunId}: uploaded {Bytes} bytes as {FileId}.")]
        public static partial void Uploaded(ILogger logger, string runId, string fileId, long bytes);

        [LoggerMessage(121, LogLevel.Information, "Run {RunId}: an earlier attempt had uploaded {FileId}.")]
        public static partial void Found(ILogger logger, string runId, string fileId);
    }
}
