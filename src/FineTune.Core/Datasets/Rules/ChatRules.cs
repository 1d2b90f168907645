namespace FineTune.Datasets.Rules;

/// <summary>Rules about the messages of a chat example.</summary>
public static class ChatRules
{
    private const string Cookbook = "OpenAI cookbook, Chat_finetuning_data_prep";
    private const string Wire = "OpenAI OpenAPI document, ChatCompletionRequestMessage";
    private const string Ours = "ours: such an example teaches nothing, or not what is written";

    public static readonly DatasetRule UnknownTopLevelKey = new(
        "example-unknown-key", Severity.Error,
        "The example has {0}; expected messages, and optionally tools, parallel_tool_calls or functions.",
        "Delete the key, or keep such notes in a file of their own.",
        Wire);

    public static readonly DatasetRule MissingMessages = new(
        "messages-missing", Severity.Error,
        "The example has no messages.",
        "Write it as {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}, {\"role\": \"assistant\", \"content\": \"...\"}]}.",
        Cookbook);

    public static readonly DatasetRule MessagesNotArray = new(
        "messages-not-array", Severity.Error,
        "messages is {0}; expected an array of messages.",
        "Write the messages between [ and ].",
        Cookbook);

    public static readonly DatasetRule MessagesEmpty = new(
        "messages-empty", Severity.Error,
        "The example's messages are empty.",
        "Delete the line, or write the conversation.",
        Cookbook);

    public static readonly DatasetRule MessageNotObject = new(
        "message-not-object", Severity.Error,
        "The message is {0}; expected an object with role and content.",
        "Write it as {\"role\": \"user\", \"content\": \"...\"}.",
        Cookbook);

    public static readonly DatasetRule UnknownMessageKey = new(
        "message-unknown-key", Severity.Error,
        "The message has {0}; expected role, content, name, weight, tool_calls, tool_call_id, function_call or refusal.",
        "Delete the key.",
        Cookbook);

    public static readonly DatasetRule MissingRole = new(
        "role-missing", Severity.Error,
        "The message has no role.",
        "Add \"role\": \"system\", \"user\", \"assistant\" or \"tool\".",
        Cookbook);

    public static readonly DatasetRule UnknownRole = new(
        "role-unknown", Severity.Error,
        "The role is {0}; expected system, developer, user, assistant, tool or function.",
        "Use the provider's words: user for the person, assistant for the model; all in lower case.",
        Cookbook);

    public static readonly DatasetRule MissingContent = new(
        "content-missing", Severity.Error,
        "The message has no content; only an assistant that calls tools or refuses may go without.",
        "Add \"content\": \"...\".",
        Cookbook);

    public static readonly DatasetRule EmptyContent = new(
        "content-empty", Severity.Error,
        "The message's content is empty.",
        "Write the text, or delete the message.",
        Cookbook);

    public static readonly DatasetRule BlankContent = new(
        "content-blank", Severity.Warning,
        "The message's content is only white space.",
        "Write the text, or delete the message.",
        Ours);

    public static readonly DatasetRule WrongContentKind = new(
        "content-wrong-kind", Severity.Error,
        "content is {0}; expected a string, or an array of parts.",
        "Write the content as a string; JSON inside it must be escaped into one.",
        Wire);

    public static readonly DatasetRule NoAssistant = new(
        "assistant-missing", Severity.Error,
        "No message is from the assistant, so there is nothing to learn.",
        "Add the answer the model should learn as a last message with role assistant.",
        Cookbook);

    public static readonly DatasetRule LastNotAssistant = new(
        "assistant-not-last", Severity.Error,
        "The last message is from {0}; expected the assistant.",
        "Add the assistant's answer, or delete what follows its last one.",
        "provider: the last message must be the assistant's");

    public static readonly DatasetRule AssistantRepeated = new(
        "assistant-repeated", Severity.Error,
        "Two assistant messages follow each other; the provider refuses such files as \"invalid schema\" without naming the line.",
        "Join the two, or put the user's message between them.",
        "microsoft-foundry/fine-tuning issue 23");

    public static readonly DatasetRule UserRepeated = new(
        "user-repeated", Severity.Warning,
        "Two user messages follow each other; some providers want user and assistant to take turns.",
        "Join the two.",
        "Together: roles must alternate");

    public static readonly DatasetRule SystemNotFirst = new(
        "system-not-first", Severity.Warning,
        "A system message stands after other messages.",
        "Move it to the front, and use the same at inference.",
        "azure-skills; provider examples");

    public static readonly DatasetRule NoUser = new(
        "user-missing", Severity.Warning,
        "No message is from the user.",
        "Add what the assistant answers to, unless it is meant to speak first.",
        Cookbook);

    public static readonly DatasetRule WeightWrong = new(
        "weight-wrong", Severity.Error,
        "weight is {0}; expected the number 0 or 1.",
        "Use 1 (the default) for answers to learn and 0 for answers that are context only.",
        "provider guide, multi-turn chat");

    public static readonly DatasetRule WeightNotOnAssistant = new(
        "weight-not-on-assistant", Severity.Error,
        "weight stands on a message from {0}; only the assistant's messages are learned and can have one.",
        "Delete the weight.",
        "provider guide, multi-turn chat");

    public static readonly DatasetRule SomeWeights = new(
        "weights-on-some", Severity.Note,
        "Some of the assistant's messages have weight 1 and others have none; those without are learned as well.",
        "Give those that are context only weight 0.",
        "Together: a weight in all messages of a conversation, or in none");

    public static readonly DatasetRule AllWeightsZero = new(
        "weights-all-zero", Severity.Warning,
        "Every assistant message has weight 0: the example is billed, and nothing is learned of it.",
        "Give the answer to learn weight 1, or delete the line.",
        Ours);

    public static readonly DatasetRule NameWrong = new(
        "name-wrong", Severity.Error,
        "name is {0}; expected 1 to 64 letters, digits, underscores or hyphens.",
        "Shorten the name or replace other characters, spaces too, by underscores.",
        Wire);

    public static readonly DatasetRule RefusalWrong = new(
        "refusal-wrong", Severity.Error,
        "refusal is {0} on a message from {1}; expected a string, on the assistant's messages only.",
        "Write the refusal as a string, or delete it.",
        Wire);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        UnknownTopLevelKey, MissingMessages, MessagesNotArray, MessagesEmpty, MessageNotObject, UnknownMessageKey, MissingRole,
        UnknownRole, MissingContent, EmptyContent, BlankContent, WrongContentKind, NoAssistant, LastNotAssistant, AssistantRepeated,
        UserRepeated, SystemNotFirst, NoUser, WeightWrong, WeightNotOnAssistant, SomeWeights, AllWeightsZero, NameWrong,
        RefusalWrong,
    ];
}
