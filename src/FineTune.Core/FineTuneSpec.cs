namespace FineTune;

/// <summary>What to do with a dataset. Whatever is null is left to the provider.</summary>
public sealed record FineTuneSpec
{
    /// <summary>The base model, as the provider names it: <c>gpt-4.1-mini-2025-04-14</c>.</summary>
    public required string Model { get; init; }

    public TrainingMethod Method { get; init; } = TrainingMethod.Supervised;

    public Hyperparameters Hyperparameters { get; init; } = new();

    /// <summary>Part of the new model's name; 1–40 characters, for the run's key is added and the provider allows 64.</summary>
    public string? Suffix { get; init; }

    /// <summary>0–2147483647. Fixed by default, so that a second attempt trains the same model.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>The name of a second dataset in the same store.</summary>
    public string? ValidationDataset { get; init; }

    /// <summary>Our stable name for the newest good model of a kind; set when the run succeeds.</summary>
    public string? Alias { get; init; }

    /// <summary>Any text; another text makes the same dataset and settings a new run, on purpose.</summary>
    public string? Generation { get; init; }
}
