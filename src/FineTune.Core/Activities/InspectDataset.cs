using System.Text.Json;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;

namespace FineTune.Activities;

/// <summary>Reads the dataset once: every problem, tokens, price and hash. Writes the report beside it; uploads nothing.</summary>
public sealed partial class InspectDataset(
    IDatasetStore store, DatasetInspector inspector, IRunLedger ledger, ILogger<InspectDataset> logger)
{
    public async Task<Inspection> RunAsync(InspectInput input, CancellationToken cancellationToken)
    {
        try
        {
            Grader? grader = await store.ReadGraderAsync(input.RunId, input.Dataset.Name, input.Spec, cancellationToken);
            ExampleIndex examples = new();
            DatasetReport training = await ReadAsync(input, input.Dataset, DatasetRole.Training, examples, grader, cancellationToken);
            DatasetReport? validation = input.Validation is null ? null
                : await ReadAsync(input, input.Validation, DatasetRole.Validation, examples, grader, cancellationToken);
            return await JudgeAsync(input, training, validation, cancellationToken);
        }
        catch (DatasetUnavailableException unavailable)
        {
            return new Inspection(unavailable.ToOutcome());
        }
    }

    private async Task<DatasetReport> ReadAsync(
        InspectInput input, DatasetVersion dataset, DatasetRole role, ExampleIndex examples, Grader? grader, CancellationToken cancellationToken)
    {
        await using Stream stream = await store.OpenReadAsync(dataset, cancellationToken);
        DatasetReport report = await inspector.InspectAsync(dataset.Name, stream, input.Spec, role, examples, cancellationToken, grader);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(report, ReportJsonContext.Default.DatasetReport);
        string place = await store.WriteBesideAsync(dataset.Name, ReportFile.SuffixFor(input.RunId), json, cancellationToken);
        if (role is DatasetRole.Training)
        {
            await ledger.ChangeRunningAsync(input.RunId, row => WithFacts(row, report, place), cancellationToken);
        }

        Log.Inspected(logger, input.RunId, role, report.Examples, report.IsTrainable);
        return report;
    }

    private static RunRow WithFacts(RunRow row, DatasetReport report, string place) => row with
    {
        Sha256 = report.Sha256,
        Examples = report.Examples,
        Tokens = report.Tokens?.Dataset.High,
        PriceLow = report.Price?.Low,
        PriceHigh = report.Price?.High,
        Report = place,
    };

    private async Task<Inspection> JudgeAsync(
        InspectInput input, DatasetReport training, DatasetReport? validation, CancellationToken cancellationToken)
    {
        DatasetReport? bad = !training.IsTrainable ? training : validation is { IsTrainable: false } ? validation : null;
        if (bad is not null)
        {
            return new Inspection(new FineTuneOutcome(RunStatus.Invalid, Verdict(bad)));
        }

        string key = RunKey.Compute(training.Sha256!, validation?.Sha256, input.Spec);
        await ledger.ChangeRunningAsync(input.RunId, row => row with { Key = key, ValidationSha256 = validation?.Sha256 }, cancellationToken);
        return new Inspection(End: null, key, training.Sha256!, validation?.Sha256, training.Price?.High, training.Epochs.High);
    }

    /// <summary>Which rules are broken and where first; the report has every place.</summary>
    private static string Verdict(DatasetReport report)
    {
        ProblemCount[] errors = [.. report.ProblemCounts.Where(count => count.Severity is Severity.Error)];
        string rules = string.Join(", ", errors.Select(error => error.FirstLine is null ? error.Code : $"{error.Code} (first in line {error.FirstLine})"));
        return $"{report.Dataset} cannot be trained on: {rules}. Nothing was uploaded. Mend what the report lists and drop the dataset again.";
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Run {RunId}: inspected the {Role} dataset: {Examples} examples, trainable: {IsTrainable}.")]
        public static partial void Inspected(ILogger logger, string runId, DatasetRole role, long examples, bool isTrainable);
    }
}
