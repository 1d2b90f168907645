namespace FineTune.Datasets.Rules;

/// <summary>Rules about prompt/completion examples, which only completion models (davinci-002, babbage-002) are trained on.</summary>
public static class CompletionRules
{
    private const string PrepareData = "openai-python prepare_data";

    public static readonly DatasetRule UnknownKey = new(
        "completion-unknown-key", Severity.Error,
        "The example has {0}; expected prompt and completion.",
        "Delete the key.",
        PrepareData);

    public static readonly DatasetRule WrongKind = new(
        "completion-wrong-kind", Severity.Error,
        "{0} is {1}; expected a string.",
        "Write prompt and completion as strings.",
        PrepareData);

    public static readonly DatasetRule EmptyCompletion = new(
        "completion-empty", Severity.Error,
        "The completion is empty, so there is nothing to learn.",
        "Write the completion, or delete the line.",
        PrepareData);

    public static readonly DatasetRule NoLeadingSpace = new(
        "completion-no-leading-space", Severity.Warning,
        "The completion does not start with white space; such models' words do, so it would learn a rarer start.",
        "Put a space before the completion.",
        PrepareData);

    public static readonly DatasetRule NoSeparator = new(
        "prompts-without-separator", Severity.Warning,
        "The prompts have no ending in common, so the model cannot tell where the prompt ends and its answer begins.",
        "End every prompt with the same separator, such as \\n\\n###\\n\\n, here and at inference.",
        PrepareData);

    public static readonly DatasetRule NoStop = new(
        "completions-without-stop", Severity.Warning,
        "The completions have no ending in common, so the model does not learn when to stop.",
        "End every completion with the same stop sequence, such as \\n or ###, and give it as stop at inference.",
        PrepareData);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        UnknownKey, WrongKind, EmptyCompletion, NoLeadingSpace, NoSeparator, NoStop,
    ];
}
