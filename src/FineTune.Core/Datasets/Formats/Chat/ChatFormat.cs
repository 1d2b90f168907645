using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Chat examples: <c>messages</c> that end with the answer to learn, and the tools they call.</summary>
internal sealed class ChatFormat(CheckContext context) : ExampleFormat
{
    private readonly ExampleMessages _messages = new(context);

    public override void Judge(JsonValue example)
    {
        JudgeKeys(example);
        _messages.Tools.Read(example.Get("tools"u8), example.Get("functions"u8));
        _messages.JudgeParallelCalls(example.Get("parallel_tool_calls"u8));
        var messages = example.Get("messages"u8);
        if (!_messages.IsArrayOfMessages(example, messages))
        {
            return;
        }

        _messages.StartExample();
        foreach (var message in messages.Items)
        {
            _messages.Judge(message);
        }

        _messages.Conversation.EndWithAnswer(messages);
        var (all, withoutSystem) = context.Totals.Conversations;
        context.Totals.Conversations = (all + 1, withoutSystem + (_messages.Conversation.HasSystem ? 0 : 1));
        if (_messages.Conversation.HasSystem)
        {
            context.Totals.SystemMessages.Take(_messages.Conversation.SystemMessage.Fingerprint, example.Line.Line.Number);
        }

        _messages.Images.EndExample(example);
    }

    public override ulong PromptOf(JsonValue example)
    {
        var messages = example.Get("messages"u8);
        ulong prompt = 0;
        var last = default(JsonValue);
        foreach (var message in messages.IsArray ? messages.Items : default)
        {
            prompt = last.IsMissing ? prompt : Fingerprint.Add(prompt, last.Fingerprint);
            last = message;
        }

        bool isAnswered = last is { IsMissing: false, IsObject: true } && ChatRoles.Read(last.Get("role"u8)) == ChatRole.Assistant;
        var tools = example.Get("tools"u8);
        return !isAnswered || prompt == 0 ? 0 : tools.IsMissing ? prompt : Fingerprint.Add(prompt, tools.Fingerprint);
    }

    private void JudgeKeys(JsonValue example)
    {
        foreach (var (name, _) in example.Properties)
        {
            var key = name.Text;
            if (!key.SequenceEqual("messages"u8) && !key.SequenceEqual("tools"u8) && !key.SequenceEqual("functions"u8)
                && !key.SequenceEqual("parallel_tool_calls"u8))
            {
                context.Problems.Add(ChatRules.UnknownTopLevelKey, name, Quote.Key(key));
            }
        }
    }
}
