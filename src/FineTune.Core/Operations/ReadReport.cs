using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>The inspection report of a run's dataset, as JSON.</summary>
public sealed class ReadReport(IRunLedger ledger, IDatasetStore store)
{
    /// <returns>Null while the dataset is not inspected yet.</returns>
    /// <exception cref="RunNotFoundException">There is no run of this id.</exception>
    public async Task<Stream?> RunAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        return await store.OpenBesideAsync(row.Dataset.Name, ReportFile.SuffixFor(runId), cancellationToken);
    }
}
