using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>One message's parts, found in one pass over its keys; whatever it lacks is missing. One instance serves all messages.</summary>
internal sealed class ChatMessage(ProblemLog problems)
{
    public JsonValue Value { get; private set; }

    public ChatRole Role { get; private set; }

    public JsonValue RoleValue { get; private set; }

    public JsonValue Content { get; private set; }

    public JsonValue Name { get; private set; }

    public JsonValue Weight { get; private set; }

    public JsonValue ToolCalls { get; private set; }

    public JsonValue ToolCallId { get; private set; }

    public JsonValue FunctionCall { get; private set; }

    public JsonValue Refusal { get; private set; }

    /// <summary>As a sentence names who speaks.</summary>
    public string From => ChatRoles.NameOf(Role);

    /// <summary>Whether it makes the example another than its neighbours, as instructions to the model do not.</summary>
    public bool IsPartOfTalk => Role is not (ChatRole.System or ChatRole.Developer);

    public bool MayLackContent
        => Role == ChatRole.Assistant && !(ToolCalls.IsNothing && FunctionCall.IsNothing && Refusal.IsNothing);

    public void Read(JsonValue value)
    {
        Value = value;
        RoleValue = Content = Name = Weight = ToolCalls = ToolCallId = FunctionCall = Refusal = default;
        foreach (var property in value.Properties)
        {
            Take(property.Name, property.Value);
        }

        Role = ChatRoles.Read(RoleValue);
    }

    private void Take(JsonValue name, JsonValue value)
    {
        switch (name.Text)
        {
            case var key when key.SequenceEqual("role"u8):
                RoleValue = value;
                break;
            case var key when key.SequenceEqual("content"u8):
                Content = value;
                break;
            case var key when key.SequenceEqual("name"u8):
                Name = value;
                break;
            case var key when key.SequenceEqual("weight"u8):
                Weight = value;
                break;
            case var key when key.SequenceEqual("tool_calls"u8):
                ToolCalls = value;
                break;
            case var key when key.SequenceEqual("tool_call_id"u8):
                ToolCallId = value;
                break;
            case var key when key.SequenceEqual("function_call"u8):
                FunctionCall = value;
                break;
            case var key when key.SequenceEqual("refusal"u8):
                Refusal = value;
                break;
            default:
                problems.Add(ChatRules.UnknownMessageKey, name, Quote.Key(name.Text));
                break;
        }
    }
}
