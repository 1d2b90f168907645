namespace FineTune.Datasets.Rules;

/// <summary>Rules about preference examples: one input, a better answer and a worse one.</summary>
public static class PreferenceRules
{
    private const string Guide = "provider guide, direct preference optimization";

    public static readonly DatasetRule UnknownKey = new(
        "preference-unknown-key", Severity.Error,
        "The example has {0}; expected input, preferred_output and non_preferred_output.",
        "Delete the key; messages and tools belong under input.",
        Guide);

    public static readonly DatasetRule UnknownInputKey = new(
        "preference-input-unknown-key", Severity.Error,
        "The input has {0}; expected messages, and optionally tools and parallel_tool_calls.",
        "Delete the key.",
        Guide);

    public static readonly DatasetRule InputWrong = new(
        "preference-input-wrong", Severity.Error,
        "The example's input is {0}; expected an object with messages.",
        "Write it as \"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}.",
        Guide);

    public static readonly DatasetRule InputEndsWithAnswer = new(
        "preference-input-ends-with-answer", Severity.Error,
        "The input's last message is from the assistant; expected the user's, or a tool's, for the two outputs are what answers it.",
        "Move the answer into preferred_output or non_preferred_output.",
        "Together: the last input message must not be the assistant's");

    public static readonly DatasetRule OutputWrong = new(
        "preference-output-wrong", Severity.Error,
        "{0} is {1}; expected an array with exactly one message.",
        "Write it as [{\"role\": \"assistant\", \"content\": \"...\"}].",
        Guide);

    public static readonly DatasetRule OutputNotFromAssistant = new(
        "preference-output-not-from-assistant", Severity.Error,
        "The message in {0} is from {1}; expected the assistant.",
        "Make its role assistant.",
        Guide);

    public static readonly DatasetRule SameOutputs = new(
        "preference-outputs-same", Severity.Warning,
        "The preferred and the other output are the same; there is nothing to prefer.",
        "Delete the line, or write the answer that is worse.",
        "azure-skills: identical preferred and non-preferred");

    public static readonly DatasetRule ImagesNotTaken = new(
        "preference-images", Severity.Error,
        "The example has images; preference training takes text only.",
        "Delete the line, or the images.",
        Guide);

    public static readonly DatasetRule ManyTurns = new(
        "preference-many-turns", Severity.Note,
        "The input has answers of the assistant in it; the provider speaks of conversations of one turn only.",
        "Nothing to do if the earlier answers are needed to understand the question.",
        Guide);

    public static readonly DatasetRule ManyEpochs = new(
        "preference-epochs", Severity.Note,
        "There are {0} preference pairs, and up to {1} epochs; with fewer than 500 pairs, more than two epochs tend to overtrain.",
        "Set the epochs to 1 or 2.",
        "azure-skills: epochs for small preference datasets");

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        UnknownKey, UnknownInputKey, InputWrong, InputEndsWithAnswer, OutputWrong, OutputNotFromAssistant, SameOutputs, ManyTurns, ManyEpochs,
        ImagesNotTaken,
    ];
}
