using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Moderation;

/// <summary>Points at the first phrase of an example that moderation is likely to act on, and names its category; a pre-screen, no verdict.</summary>
internal sealed class PhraseChecks(ProblemLog problems, TrainingMethod method)
{
    private static readonly PhraseScreen Moderation = new(RiskyPhrases.ForModeration);
    private static readonly Lazy<PhraseScreen> Reasoning = new(() => new PhraseScreen(RiskyPhrases.ForReasoning));

    private readonly PhraseScreen? _reasoning = method == TrainingMethod.Reinforcement ? Reasoning.Value : null;
    private bool _isFlagged;
    private bool _isReasoning;

    public void StartExample() => (_isFlagged, _isReasoning) = (false, false);

    public void Judge(JsonValue text)
    {
        _isFlagged = _isFlagged || Finds(Moderation, ModerationRules.Phrase, text);
        _isReasoning = _isReasoning || (_reasoning is not null && Finds(_reasoning, ModerationRules.ReasoningPhrase, text));
    }

    private bool Finds(PhraseScreen screen, DatasetRule rule, JsonValue text)
    {
        if (screen.Find(text.Text, out int at) is not { } phrase)
        {
            return false;
        }

        problems.AddAt(rule, text, at, phrase.Category);
        return true;
    }
}
