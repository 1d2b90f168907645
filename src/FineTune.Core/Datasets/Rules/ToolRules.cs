namespace FineTune.Datasets.Rules;

/// <summary>Rules about tools: their declaration, the assistant's calls and the answers to them.</summary>
public static class ToolRules
{
    private const string Wire = "OpenAI OpenAPI document, ChatCompletionTool and ChatCompletionMessageToolCall";
    private const string Pairing = "provider: every tool call is answered by its tool message";

    public static readonly DatasetRule ToolsNotArray = new(
        "tools-not-array", Severity.Error,
        "{1} is {0}; expected an array with at least one declaration.",
        "Write the declarations between [ and ], or delete the key.",
        Wire);

    public static readonly DatasetRule TooManyTools = new(
        "tools-too-many", Severity.Error,
        "The example declares {0} tools; expected at most 128.",
        "Declare only the tools the example needs.",
        Wire);

    public static readonly DatasetRule ToolWrong = new(
        "tool-wrong", Severity.Error,
        "The tool's {1} is {0}; expected {2}.",
        "Write it as {\"type\": \"function\", \"function\": {\"name\": \"...\", \"parameters\": {\"type\": \"object\", ...}}}.",
        Wire);

    public static readonly DatasetRule ToolNameWrong = new(
        "tool-name-wrong", Severity.Error,
        "The function's name is {0}; expected 1 to 64 letters, digits, underscores or hyphens.",
        "Rename the function, in the calls too.",
        Wire);

    public static readonly DatasetRule ToolRepeated = new(
        "tool-repeated", Severity.Error,
        "A tool of this name is declared twice.",
        "Keep one of the two.",
        Wire);

    public static readonly DatasetRule CallsNotArray = new(
        "tool-calls-not-array", Severity.Error,
        "tool_calls is {0}; expected an array with at least one call.",
        "Write the calls between [ and ], or delete the key.",
        Wire);

    public static readonly DatasetRule CallsNotFromAssistant = new(
        "tool-calls-not-from-assistant", Severity.Error,
        "{1} stands on a message from {0}; only the assistant calls tools.",
        "Move it to the assistant's message.",
        Wire);

    public static readonly DatasetRule CallWrong = new(
        "tool-call-wrong", Severity.Error,
        "The call's {1} is {0}; expected {2}.",
        "Write it as {\"id\": \"call_1\", \"type\": \"function\", \"function\": {\"name\": \"...\", \"arguments\": \"{...}\"}}.",
        Wire);

    public static readonly DatasetRule CallIdRepeated = new(
        "tool-call-id-repeated", Severity.Error,
        "Two tool calls of the example have the same id.",
        "Give every call an id of its own, and its answer the same.",
        Pairing);

    public static readonly DatasetRule ArgumentsNotJson = new(
        "tool-arguments-not-json", Severity.Error,
        "The call's arguments are no JSON object; expected one, written as a string.",
        "Write the arguments with a JSON writer and then as a string: \"{\\\"city\\\": \\\"Oslo\\\"}\".",
        Wire);

    public static readonly DatasetRule ArgumentsAgainstSchema = new(
        "tool-arguments-against-schema", Severity.Warning,
        "The call's arguments are not as the tool declares them: {0}; the model would learn to call it wrongly.",
        "Correct the arguments, or the parameters in the tool's declaration.",
        "JSON Schema; docs/rules.md lists the keywords that are checked");

    public static readonly DatasetRule Undeclared = new(
        "tool-undeclared", Severity.Error,
        "The call's function is not among the example's declared tools.",
        "Declare it under tools, or correct the name.",
        Wire);

    public static readonly DatasetRule NoneDeclared = new(
        "tools-missing", Severity.Warning,
        "The assistant calls a tool, but the example declares none; the model would learn to call what it is not offered.",
        "Add the declarations under tools, the same as at inference.",
        "provider guide, function calling");

    public static readonly DatasetRule AnswerWithoutId = new(
        "tool-call-id-missing", Severity.Error,
        "The tool message's tool_call_id is {0}; expected the id of the call it answers.",
        "Add \"tool_call_id\": \"...\" with the id of the call.",
        Wire);

    public static readonly DatasetRule AnswerWithoutCall = new(
        "tool-answer-without-call", Severity.Error,
        "The tool message answers no open call of the assistant message before it.",
        "Give it the id of a call before it, or delete it.",
        Pairing);

    public static readonly DatasetRule CallUnanswered = new(
        "tool-call-unanswered", Severity.Error,
        "The conversation goes on here without an answer to {0} of the tool calls before it.",
        "Add a tool message for every call directly after the assistant's message.",
        Pairing);

    public static readonly DatasetRule IdOnOtherRole = new(
        "tool-call-id-misplaced", Severity.Error,
        "tool_call_id stands on a message from {0}; only tool messages have one.",
        "Delete it, or make the message's role tool.",
        Wire);

    public static readonly DatasetRule FunctionWithoutName = new(
        "function-name-missing", Severity.Error,
        "A message from a function has no name; expected the function's.",
        "Add \"name\": \"...\", or move to tools and tool messages.",
        Wire);

    public static readonly DatasetRule ParallelCallsWrong = new(
        "parallel-tool-calls-wrong", Severity.Error,
        "parallel_tool_calls is {0}; expected true or false.",
        "Write true or false, or delete it.",
        Wire);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        ToolsNotArray, TooManyTools, ToolWrong, ToolNameWrong, ToolRepeated, CallsNotArray, CallsNotFromAssistant, CallWrong,
        CallIdRepeated, ArgumentsNotJson, ArgumentsAgainstSchema, Undeclared, NoneDeclared, AnswerWithoutId, AnswerWithoutCall, CallUnanswered,
        IdOnOtherRole, FunctionWithoutName, ParallelCallsWrong,
    ];
}
