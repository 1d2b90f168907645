namespace FineTune.Datasets.Rules;

/// <summary>Rules about reinforcement training: prompts without answers, and the grader that scores what the model answers.</summary>
public static class ReinforcementRules
{
    private const string Guide = "provider guide, reinforcement fine-tuning";
    private const string Wire = "OpenAI OpenAPI document, FineTuneReinforcementMethod and the graders";

    public static readonly DatasetRule LastNotUser = new(
        "reinforcement-last-not-user", Severity.Error,
        "The last message is from {0}; expected the user, for the model's own answer is what is scored.",
        "Delete the answer from messages; give it to the grader under a key of its own beside messages.",
        Guide);

    public static readonly DatasetRule FieldMissing = new(
        "reinforcement-field-missing", Severity.Error,
        "The grader refers to item.{0}, but the example has no such key.",
        "Add the key beside messages, or correct the grader's template.",
        Guide);

    public static readonly DatasetRule KeysDiffer = new(
        "reinforcement-keys-differ", Severity.Warning,
        "The example in line {0} has other keys beside its messages than those before it; the grader gets what stands under them.",
        "Give every example the same keys, or make sure that the grader can do without.",
        "azure-skills: grader fields are the same in all examples");

    public static readonly DatasetRule ValuesSame = new(
        "reinforcement-values-same", Severity.Warning,
        "All examples have the same under their keys beside messages, so one answer is right for every prompt.",
        "Check how the file was made.",
        "azure-skills: the values the grader compares with differ");

    public static readonly DatasetRule TooManyExamples = new(
        "reinforcement-too-many-examples", Severity.Error,
        "The dataset has {0:N0} examples; reinforcement training takes at most {1:N0}.",
        "Train on a sample; reinforcement needs few examples.",
        Guide);

    public static readonly DatasetRule NoGrader = new(
        "reinforcement-without-grader", Severity.Error,
        "The method is reinforcement, but there is no grader; the provider refuses such a job.",
        "Give it as \"grader\" in NAME.finetune.json beside the dataset or in the HTTP body, or as a file: --grader FILE.",
        Wire);

    public static readonly DatasetRule NoValidation = new(
        "reinforcement-without-validation", Severity.Error,
        "The method is reinforcement, but there is no validation dataset; the provider refuses such a job.",
        "Put some of the examples into NAME.validation.jsonl beside the dataset: finetune split.",
        Guide);

    public static readonly DatasetRule OnlyReinforcement = new(
        "setting-without-reinforcement", Severity.Error,
        "{0} is set, but the method is not reinforcement, the only one that has it.",
        "Leave it out, or choose the method reinforcement.",
        Wire);

    public static readonly DatasetRule ReasoningEffortWrong = new(
        "reasoning-effort-wrong", Severity.Error,
        "reasoning_effort is none of default, low, medium and high.",
        "Leave it out for the provider's choice, or use one of these words.",
        Wire);

    public static readonly DatasetRule ComputeMultiplierOutOfRange = new(
        "compute-multiplier-out-of-range", Severity.Error,
        "compute_multiplier is {0}; expected more than 0.00001 and at most 10.",
        "Leave it out for the provider's choice, or use a number in that range.",
        Wire);

    public static readonly DatasetRule EvaluationOutOfRange = new(
        "evaluation-out-of-range", Severity.Error,
        "{0} is {1}; expected 1 or more.",
        "Leave it out for the provider's choice, or use a number in that range.",
        Wire);

    public static readonly DatasetRule GraderWrong = new(
        "grader-wrong", Severity.Error,
        "The grader's {0} is not what its type needs: {1}.",
        "Compare it with the provider's description of that type of grader.",
        Wire);

    public static readonly DatasetRule TemplateUnknown = new(
        "grader-template-unknown", Severity.Warning,
        "A template in the grader, {{{{ }}}}, refers to neither item nor sample, the only two there are, so it stays as it is written.",
        "Write {{item.KEY}} for what stands in the example, {{sample.output_text}} for what the model answers.",
        Guide);

    public static readonly DatasetRule NoResponseFormat = new(
        "grader-without-response-format", Severity.Error,
        "The grader refers to sample.output_json, but there is no response_format that makes the model answer in JSON.",
        "Give it beside the grader (\"responseFormat\", or --response-format FILE), or grade sample.output_text.",
        Guide);

    public static readonly DatasetRule ResponseFormatWrong = new(
        "response-format-wrong", Severity.Error,
        "The response format's {0} is not as expected: {1}.",
        "Write it as {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"...\", \"schema\": {...}, \"strict\": true}}.",
        Wire);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        LastNotUser, FieldMissing, KeysDiffer, ValuesSame, TooManyExamples, NoGrader, NoValidation, GraderWrong, TemplateUnknown,
        NoResponseFormat, ResponseFormatWrong, OnlyReinforcement, ReasoningEffortWrong, ComputeMultiplierOutOfRange, EvaluationOutOfRange,
    ];
}
