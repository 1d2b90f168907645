namespace FineTune.Datasets.Rules;

/// <summary>Rules about phrases the provider's moderation may act on; a report names the category and never repeats the phrase.</summary>
public static class ModerationRules
{
    public static readonly DatasetRule Phrase = new(
        "moderation-phrase", Severity.Warning,
        "Here stands a phrase that moderation is likely to flag as {0}; the provider looks through training data and may refuse all of it.",
        "Look whether the model should learn from this; the provider's moderation endpoint says what it makes of it.",
        "provider: training data is moderated before training; categories of the OpenAI OpenAPI document, CreateModerationResponse");

    public static readonly DatasetRule ReasoningPhrase = new(
        "moderation-reasoning-phrase", Severity.Warning,
        "Here stands a phrase that asks for the model's own reasoning, which content filters take for an attack on a reasoning model.",
        "Ask for the answer alone; such a model reasons without being told.",
        "azure-skills: phrases in reinforcement examples that set off false positives");

    public static IReadOnlyList<DatasetRule> All { get; } = [Phrase, ReasoningPhrase];
}
