using FineTune.Datasets;
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
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunNotFoundException(input.RunId);
        if (run.CancelledBefore("anything was uploaded") is { } cancelled)
        {
            return new Upload(cancelled);
        }

        // A look costs a listing; it is needed only where an earlier attempt may have come through.
        bool begun = input.IsValidation ? run.ValidationUploadBegun : run.UploadBegun;
        ProviderFile? file = begun ? await FindOursAsync(input, cancellationToken) : null;
        if (file is null)
        {
            await ledger.ChangeRunAsync(input.RunId, row => Begun(row, input.IsValidation, again: begun), cancellationToken);
            try
            {
                file = await SendAsync(input, cancellationToken);
            }
            catch (DatasetUnavailableException unavailable)
            {
                return new Upload(unavailable.ToOutcome());
            }
        }

        await ledger.ChangeRunAsync(
            input.RunId,
            row => input.IsValidation ? row with { ValidationFileId = file.Id } : row with { TrainingFileId = file.Id },
            cancellationToken);
        return new Upload(End: null, file.Id);
    }

    private static RunRow Begun(RunRow row, bool isValidation, bool again) => row with
    {
        UploadBegun = true,
        ValidationUploadBegun = row.ValidationUploadBegun || isValidation,
        UploadRepeated = row.UploadRepeated || again,
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
