namespace FineTune.Operations;

/// <summary>What a person, or a sidecar file beside the dataset, asks for. Whatever is null is left to the next weaker source.</summary>
/// <remarks>Strongest first: the request itself, the sidecar <c>NAME.finetune.json</c>, the dataset's metadata (<see cref="MetadataRequest"/>), the settings.</remarks>
public sealed record StartRequest
{
    /// <summary>The dataset's name in the store; never a path or an address.</summary>
    public string? Dataset { get; init; }

    /// <summary>The caller's own id for the run; by default it follows from the dataset's version and the spec.</summary>
    public string? RunId { get; init; }

    public string? Model { get; init; }

    public TrainingMethod? Method { get; init; }

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRateMultiplier { get; init; }

    public double? Beta { get; init; }

    public string? Suffix { get; init; }

    public int? Seed { get; init; }

    /// <summary>By default <c>NAME.validation.jsonl</c>, where there is one.</summary>
    public string? ValidationDataset { get; init; }

    public string? Alias { get; init; }

    public string? Generation { get; init; }

    /// <summary>-1000 to 1000; more goes first when the provider's jobs are few. The default is 0.</summary>
    public int? Priority { get; init; }

    /// <summary>This, with what it leaves open taken from a weaker source.</summary>
    public StartRequest Over(StartRequest? weaker) => weaker is null ? this : new()
    {
        Dataset = Dataset ?? weaker.Dataset,
        RunId = RunId ?? weaker.RunId,
        Model = Model ?? weaker.Model,
        Method = Method ?? weaker.Method,
        Epochs = Epochs ?? weaker.Epochs,
        BatchSize = BatchSize ?? weaker.BatchSize,
        LearningRateMultiplier = LearningRateMultiplier ?? weaker.LearningRateMultiplier,
        Beta = Beta ?? weaker.Beta,
        Suffix = Suffix ?? weaker.Suffix,
        Seed = Seed ?? weaker.Seed,
        ValidationDataset = ValidationDataset ?? weaker.ValidationDataset,
        Alias = Alias ?? weaker.Alias,
        Generation = Generation ?? weaker.Generation,
        Priority = Priority ?? weaker.Priority,
    };

    public FineTuneSpec ToSpec(string defaultModel) => new()
    {
        Model = Model ?? defaultModel,
        Method = Method ?? TrainingMethod.Supervised,
        Hyperparameters = new Hyperparameters(Epochs, BatchSize, LearningRateMultiplier, Beta),
        Suffix = Suffix,
        Seed = Seed ?? 42,
        ValidationDataset = ValidationDataset,
        Alias = Alias,
        Generation = Generation,
    };
}
