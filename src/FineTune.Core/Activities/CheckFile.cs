using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Activities;

/// <summary>One look at an uploaded file: processed, unusable, or not yet.</summary>
public sealed class CheckFile(IFineTuningApi api, IRunLedger ledger)
{
    public async Task<FileCheck> RunAsync(CheckFileInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        if (run.StoppedBefore("a job was created") is { } stopped)
        {
            return new FileCheck(stopped);
        }

        ProviderFile? file = await api.FindFileAsync(input.FileId, cancellationToken);
        return file?.Status switch
        {
            null => new FileCheck(new FineTuneOutcome(
                RunStatus.Failed, $"The uploaded file {input.FileId} is gone at the provider before a job was created. Start the run again.")),
            "error" => new FileCheck(new FineTuneOutcome(
                RunStatus.Failed, $"The provider cannot use the uploaded file: {file.StatusDetails ?? "it gave no reason"}")),
            "processed" => new FileCheck(End: null, Ready: true),
            _ => new FileCheck(End: null), // A word we do not know means "not yet"; the workflow has the deadline.
        };
    }
}
