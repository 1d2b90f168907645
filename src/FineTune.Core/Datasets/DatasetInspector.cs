using FineTune.Catalogue;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reports;

namespace FineTune.Datasets;

/// <summary>
/// Reads a dataset once, whatever its size, and tells what the provider would say of it: every problem by line, tokens, price and
/// hash. Never throws for what is in the file. Thread-safe.
/// </summary>
/// <param name="provider">Whose dates apply to the models, a <see cref="ProviderName"/>.</param>
public sealed class DatasetInspector(
    ModelCatalogue catalogue, TimeProvider time, InspectionLimits? limits = null, string provider = ProviderName.OpenAi)
{
    private readonly InspectionLimits _limits = limits ?? new InspectionLimits();

    /// <summary>Inspects a training dataset.</summary>
    public Task<DatasetReport> InspectAsync(string name, Stream dataset, FineTuneSpec spec, CancellationToken cancellationToken)
        => InspectAsync(name, dataset, spec, DatasetRole.Training, cancellationToken);

    /// <summary>Inspects a dataset; the stream stays open and is read to its end, unless the file is hopeless.</summary>
    public Task<DatasetReport> InspectAsync(
        string name, Stream dataset, FineTuneSpec spec, DatasetRole role, CancellationToken cancellationToken)
        => InspectAsync(name, dataset, spec, role, new ExampleIndex(), cancellationToken);

    /// <summary>Inspects one of a pair of datasets, the training one first.</summary>
    /// <param name="training">Filled with a training dataset's examples; those of a validation dataset are looked up in it.</param>
    /// <param name="grader">What scores the answers, when the method is reinforcement and it is known.</param>
    public async Task<DatasetReport> InspectAsync(
        string name, Stream dataset, FineTuneSpec spec, DatasetRole role, ExampleIndex training, CancellationToken cancellationToken,
        Grader? grader = null)
    {
        using var inspection = new DatasetInspection(
            name, dataset, spec, role, training, catalogue, provider, time.GetUtcNow(), _limits, grader);
        await inspection.RunAsync(cancellationToken);
        return inspection.Report();
    }
}
