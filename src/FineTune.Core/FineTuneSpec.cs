using System.Text.Json.Serialization;

namespace FineTune;

/// <summary>What to do with a dataset. Whatever is null is left to the provider.</summary>
/// <remarks>Stored in histories. The generated JSON reader knows the defaults of parameters, but overwrites those of init members with null or 0.</remarks>
public sealed record FineTuneSpec
{
    [JsonConstructor]
    public FineTuneSpec(int seed = 42) => Seed = seed;

    /// <summary>The base model, as the provider names it: <c>gpt-4.1-mini-2025-04-14</c>.</summary>
    public required string Model { get; init; }

    public TrainingMethod Method { get; init; } = TrainingMethod.Supervised;

    public Hyperparameters Hyperparameters { get; init => field = value ?? new(); } = new();

    /// <summary>Part of the new model's name; 1–40 characters, for the run's key is added and the provider allows 64.</summary>
    public string? Suffix { get; init; }

    /// <summary>0–2147483647. Fixed by default, so that a second attempt trains the same model.</summary>
    public int Seed { get; init; }

    /// <summary>Of the grader and response format, which lie beside the dataset; reinforcement only.</summary>
    public string? GraderSha256 { get; init; }

    /// <summary>The name of a second dataset in the same store.</summary>
    public string? ValidationDataset { get; init; }

    /// <summary>Our stable name for the newest good model of a kind; set when the run succeeds.</summary>
    public string? Alias { get; init; }

    /// <summary>Any text; another text makes the same dataset and settings a new run, on purpose.</summary>
    public string? Generation { get; init; }

    /// <summary>This with so many passes over the dataset; itself for null.</summary>
    public FineTuneSpec WithEpochs(int? epochs)
        => epochs is null ? this : this with { Hyperparameters = Hyperparameters with { Epochs = epochs } };
}
