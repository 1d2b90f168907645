namespace FineTune.Catalogue;

/// <summary>What is known about fine-tuning one base model. The JSON reader hands null to what a file leaves out; the collections take it as empty.</summary>
public sealed record ModelFacts
{
    private static readonly Dictionary<string, ModelDates> Nowhere = [];

    /// <summary>The full name, with its date where it has one.</summary>
    public required string Name { get; init; }

    /// <summary>Shorter names the provider resolves to this model.</summary>
    public IReadOnlyList<string> Aliases { get; init => field = value ?? []; } = [];

    /// <summary><c>o200k_base</c> or <c>cl100k_base</c>; null when the model has a tokenizer of its own, and tokens cannot be counted.</summary>
    public string? Encoding { get; init; }

    /// <summary>The tokens of one example the trainer sees; what is over it is cut off at the end. Null when unknown.</summary>
    public int? TrainingContext { get; init; }

    /// <summary>In the catalogue's currency; null when unknown or not sold by the token.</summary>
    public decimal? PricePerMillionTokens { get; init; }

    /// <summary>The provider's words: <c>supervised</c>, <c>dpo</c>, <c>reinforcement</c>.</summary>
    public IReadOnlyList<string> Methods { get; init => field = value ?? []; } = [];

    /// <summary>Whether it is trained on prompt and completion instead of chat messages.</summary>
    public bool IsCompletionModel { get; init; }

    /// <summary>Whether its examples may hold images.</summary>
    public bool TakesImages { get; init; }

    /// <summary>By provider: <c>openai</c>, <c>azure</c>.</summary>
    public IReadOnlyDictionary<string, ModelDates> Providers { get; init => field = value ?? Nowhere; } = Nowhere;
}
