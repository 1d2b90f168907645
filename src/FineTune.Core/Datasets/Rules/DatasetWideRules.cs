namespace FineTune.Datasets.Rules;

/// <summary>Rules about the dataset as a whole: its size, its format, examples that repeat or do not fit.</summary>
public static class DatasetWideRules
{
    public static readonly DatasetRule TooFewExamples = new(
        "examples-too-few", Severity.Error,
        "Examples in the dataset: {0}; the provider refuses fewer than 10 (invalid_n_examples).",
        "Add examples; 50 to 100 good ones are a usual start.",
        "provider: invalid_n_examples");

    public static readonly DatasetRule FewExamples = new(
        "examples-few", Severity.Warning,
        "Examples in the dataset: {0}; improvements usually show from 50 to 100 good ones on.",
        "Add examples when you can.",
        "provider guide: 50 to 100 examples");

    public static readonly DatasetRule WrongFormat = new(
        "format-wrong", Severity.Error,
        "The examples are in {0} format; {1} is trained on {2}. The examples were counted, but not looked at further.",
        "Convert them: {\"messages\": [...]} for chat, input with preferred_output and non_preferred_output for preferences, prompt and completion for completion models; or choose the model and method they fit.",
        "provider: chat models reject prompt/completion");

    public static readonly DatasetRule MixedFormats = new(
        "format-mixed", Severity.Error,
        "This example is in {0} format, those before in {1}; expected one format in a file.",
        "Keep one format per file.",
        "Together: format consistent between rows");

    public static readonly DatasetRule RepeatedExample = new(
        "example-repeated", Severity.Warning,
        "The example is the same as the one in line {0}; it would count twice as much as others.",
        "Delete one of them unless that is meant.",
        "openai-python prepare_data: duplicated rows");

    public static readonly DatasetRule Leaked = new(
        "example-in-training", Severity.Warning,
        "The validation example also stands in the training dataset, in line {0}; it measures what was learned by heart.",
        "Delete it from one of the two.",
        "common practice: training and validation must not overlap");

    public static readonly DatasetRule ConflictingAnswers = new(
        "example-conflicting", Severity.Warning,
        "The example asks the same as the one in line {0}, but is answered otherwise; the model learns both, half each.",
        "Keep the better answer, unless both are meant.",
        "ours: contradictions teach the model to guess");

    public static readonly DatasetRule NearlyRepeated = new(
        "example-nearly-repeated", Severity.Warning,
        "The example is nearly the same as the one in line {0}: they share about {1} % of their word groups.",
        "Delete one of them unless their difference is what the model should learn.",
        "Lee et al. 2022, Deduplicating Training Data Makes Language Models Better");

    public static readonly DatasetRule PromptLeaked = new(
        "example-prompt-in-training", Severity.Warning,
        "The validation example asks the same as the training example in line {0}; the answer to it was learned, too.",
        "Delete it from one of the two.",
        "common practice: training and validation must not overlap");

    public static readonly DatasetRule NearlyLeaked = new(
        "example-nearly-in-training", Severity.Warning,
        "The validation example is nearly the same as the training example in line {0}: they share about {1} % of their word groups.",
        "Delete it from one of the two.",
        "Lee et al. 2022, Deduplicating Training Data Makes Language Models Better");

    public static readonly DatasetRule RepeatsNotSearched = new(
        "example-repeats-not-searched", Severity.Note,
        "Examples were compared with the first {0:N0} only: repetitions, contradictions and leaks among the others are not found.",
        "Nothing to do.",
        "ours: bounds memory");

    public static readonly DatasetRule OverContext = new(
        "example-over-context", Severity.Warning,
        "The example has at least {0:N0} tokens, {1} trains on {2:N0}; at least {3:N0} would silently be cut off at its end.{4}",
        "Shorten it, or split the conversation; what is cut is the answer the model should learn.",
        "provider guide: longer examples are truncated");

    public static readonly DatasetRule MaybeOverContext = new(
        "example-maybe-over-context", Severity.Note,
        "Counted at the most (its tools, its images, both answers of a preference), the example has {0:N0} tokens, {1} trains on {2:N0}; its end may be cut off.",
        "Shorten it to be sure.",
        "provider guide: longer examples are truncated");

    public static readonly DatasetRule TooManyTokens = new(
        "tokens-too-many", Severity.Error,
        "Tokens times epochs are at least {0:N0}; Azure OpenAI trains at most {1:N0} in one job.",
        "Set fewer epochs, or train on a sample.",
        "Azure OpenAI quotas and limits: 2 billion tokens a job");

    public static readonly DatasetRule MaybeTooManyTokens = new(
        "tokens-maybe-too-many", Severity.Warning,
        "Tokens times epochs may come to {0:N0}; Azure OpenAI trains at most {1:N0} in one job.",
        "Set the epochs, or train on a sample.",
        "Azure OpenAI quotas and limits: 2 billion tokens a job");

    public static readonly DatasetRule SystemSometimesMissing = new(
        "system-sometimes-missing", Severity.Note,
        "Of the conversations {0:N0} have no system message, the others of {1:N0} have one.",
        "Give each the system message the model gets at inference, unless it is to do without as well.",
        "OpenAI cookbook, data preparation for chat fine-tuning");

    public static readonly DatasetRule SystemDiffers = new(
        "system-differs", Severity.Note,
        "The conversations do not all have the same system message: the one in line {0} is another than the first.",
        "Nothing to do if the model gets such different ones at inference; otherwise give each the same, to the letter.",
        "azure-skills: several system prompts");

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        TooFewExamples, FewExamples, WrongFormat, MixedFormats, RepeatedExample, ConflictingAnswers, NearlyRepeated, Leaked,
        PromptLeaked, NearlyLeaked, RepeatsNotSearched, OverContext, MaybeOverContext, TooManyTokens,
        MaybeTooManyTokens, SystemSometimesMissing, SystemDiffers,
    ];
}
