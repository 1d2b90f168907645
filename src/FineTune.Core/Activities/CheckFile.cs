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
            "error" => new FileCheck(new FineTuneOutcome(
                RunStatus.Failed, $"The provider cannot use the uploaded file: {file.StatusDetails ?? "it gave no reason"}")),
            "processed" => new FileCheck(End: null, Ready: true),

            // "Not yet": a word we do not know, or a replica that has not heard of the file. The workflow has the deadline, and a job on a file that
            // is gone is refused.
            _ => new FileCheck(End: null),
        };
    }
}
