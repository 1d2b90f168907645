using System.Text.Json;
using System.Text.Json.Serialization;
using FineTune.Datasets.Formats.Reinforcement;

namespace FineTune.Operations;

/// <summary>What a person, or a sidecar file beside the dataset, asks for. Whatever is null is left to the next weaker source.</summary>
/// <remarks>Strongest first: the request itself, the sidecar <c>NAME.finetune.json</c>, the dataset's metadata (<see cref="MetadataRequest"/>), the settings.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a member with a slip in it would train something else, and cost
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

    public string? ReasoningEffort { get; init; }

    public double? ComputeMultiplier { get; init; }

    public int? EvalInterval { get; init; }

    public int? EvalSamples { get; init; }

    /// <summary>As the provider takes it under <c>method.reinforcement.grader</c>; metadata cannot hold one.</summary>
    public JsonElement? Grader { get; init; }

    /// <summary>As the provider takes it under <c>method.reinforcement.response_format</c>.</summary>
    public JsonElement? ResponseFormat { get; init; }

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
        ReasoningEffort = ReasoningEffort ?? weaker.ReasoningEffort,
        ComputeMultiplier = ComputeMultiplier ?? weaker.ComputeMultiplier,
        EvalInterval = EvalInterval ?? weaker.EvalInterval,
        EvalSamples = EvalSamples ?? weaker.EvalSamples,
        Grader = Grader ?? weaker.Grader,
        ResponseFormat = ResponseFormat ?? weaker.ResponseFormat,
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
        Hyperparameters = new Hyperparameters(
            Epochs, BatchSize, LearningRateMultiplier, Beta, ReasoningEffort, ComputeMultiplier, EvalInterval, EvalSamples),
        GraderSha256 = ToGrader()?.Sha256,
        Suffix = Suffix,
        Seed = Seed ?? 42,
        ValidationDataset = ValidationDataset,
        Alias = Alias,
        Generation = Generation,
    };

    /// <exception cref="InvalidRequestException">It is not JSON the provider could read, or a response format without a grader.</exception>
    public Grader? ToGrader()
    {
        if (Grader is not { } grader)
        {
            return ResponseFormat is null ? null
                : throw new InvalidRequestException("There is a response format, but no grader. Give the grader, too, or leave the response format out.");
        }

        try
        {
            return Datasets.Formats.Reinforcement.Grader.Read(grader.GetRawText(), ResponseFormat?.GetRawText());
        }
        catch (InvalidDataException unreadable)
        {
            throw new InvalidRequestException($"{unreadable.Message} Correct it, and start again.");
        }
    }
}
