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

    public static readonly DatasetRule TooManyExamples = new(
        "reinforcement-too-many-examples", Severity.Error,
        "The dataset has {0:N0} examples; reinforcement training takes at most {1:N0}.",
        "Train on a sample; reinforcement needs few examples.",
        Guide);

    public static readonly DatasetRule NoGrader = new(
        "reinforcement-without-grader", Severity.Error,
        "The method is reinforcement, but there is no grader; the provider refuses such a job.",
        "Give validate the grader (--grader FILE). Runs cannot be given one: create such jobs with the provider's own tools.",
        Wire);

    public static readonly DatasetRule GraderWrong = new(
        "grader-wrong", Severity.Error,
        "The grader's {0} is not what its type needs: {1}.",
        "Compare it with the provider's description of that type of grader.",
        Wire);

    public static readonly DatasetRule NoResponseFormat = new(
        "grader-without-response-format", Severity.Error,
        "The grader refers to sample.output_json, but there is no response_format that makes the model answer in JSON.",
        "Give the response format (--response-format FILE), or grade sample.output_text.",
        Guide);

    public static readonly DatasetRule ResponseFormatWrong = new(
        "response-format-wrong", Severity.Error,
        "The response format's {0} is not as expected: {1}.",
        "Write it as {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"...\", \"schema\": {...}, \"strict\": true}}.",
        Wire);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        LastNotUser, FieldMissing, TooManyExamples, NoGrader, GraderWrong, NoResponseFormat, ResponseFormatWrong,
    ];
}
