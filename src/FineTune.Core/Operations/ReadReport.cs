using System.Text;
using System.Text.Json;
using FineTune.Activities;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;
using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>The inspection report of a run's dataset. Null of it, in every form, while the dataset is not inspected yet.</summary>
public sealed class ReadReport(IRunLedger ledger, IDatasetStore store)
{
    /// <exception cref="RunNotFoundException">There is no run of this id.</exception>
    public async Task<DatasetReport?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        await using Stream? json = await OpenAsync(runId, cancellationToken);
        return json is null ? null : await JsonSerializer.DeserializeAsync(json, ReportJsonContext.Default.DatasetReport, cancellationToken);
    }

    /// <param name="accept">The header of who asks: a browser gets a page, everybody else JSON.</param>
    /// <exception cref="RunNotFoundException">There is no run of this id.</exception>
    public async Task<RunReport?> RunAsync(string runId, string? accept, CancellationToken cancellationToken)
    {
        if (accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true)
        {
            return await FindAsync(runId, cancellationToken) is { } report
                ? new RunReport(new MemoryStream(Encoding.UTF8.GetBytes(HtmlReport.Of(report))), "text/html; charset=utf-8")
                : null;
        }

        return await OpenAsync(runId, cancellationToken) is { } json ? new RunReport(json, "application/json") : null;
    }

    private async Task<Stream?> OpenAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow row = await ledger.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        return await store.OpenBesideAsync(row.Dataset.Name, ReportFile.SuffixFor(runId), cancellationToken);
    }
}
