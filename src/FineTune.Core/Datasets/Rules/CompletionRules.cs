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

    public static readonly DatasetRule SeparatorInside = new(
        "separator-inside-prompt", Severity.Warning,
        "What all prompts end with, {0} bytes, also stands inside the prompt of line {1}; the model may take that for the prompt's end.",
        "Take a separator that stands in no prompt, such as \\n\\n###\\n\\n.",
        PrepareData);

    public static readonly DatasetRule SeparatorLong = new(
        "separator-long", Severity.Warning,
        "All prompts end with the same {0} bytes; that is billed in every example, and a short separator says the same.",
        "Replace it by a short one, such as \\n\\n###\\n\\n, here and at inference.",
        PrepareData);

    public static readonly DatasetRule StopInside = new(
        "stop-inside-completion", Severity.Warning,
        "What all completions end with, {0} bytes, also stands inside the completion of line {1}; as a stop sequence it would cut such an answer short.",
        "Take a stop sequence that stands in no completion, such as ###.",
        PrepareData);

    public static readonly DatasetRule AllSame = new(
        "completion-texts-all-same", Severity.Warning,
        "All {0} are the same, so one example has nothing to tell that another has not.",
        "Check how the file was made; prompts that are always the same can be left empty.",
        PrepareData);

    public static readonly DatasetRule SameStart = new(
        "completion-texts-same-start", Severity.Warning,
        "All {0} begin with the same {1} bytes; they are billed in every example and tell the model nothing.",
        "Delete them, of prompts also at inference; of completions put them back behind the model's answer.",
        PrepareData);

    public static readonly DatasetRule Capitals = new(
        "completion-texts-capitals", Severity.Warning,
        "More than a third of the letters in the {0} are capitals; models know words in small letters better.",
        "Write them in small letters, of prompts also at inference.",
        PrepareData);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        UnknownKey, WrongKind, EmptyCompletion, NoLeadingSpace, NoSeparator, NoStop, SeparatorInside,
        SeparatorLong, StopInside, AllSame, SameStart, Capitals,
    ];
}
