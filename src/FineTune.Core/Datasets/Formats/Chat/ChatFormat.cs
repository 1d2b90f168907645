using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Chat examples: <c>messages</c> that end with the answer to learn, and the tools they call.</summary>
internal sealed class ChatFormat(ProblemLog problems, ExampleTokens tokens, ModelFacts? model) : ExampleFormat
{
    private readonly ExampleMessages _messages = new(problems, tokens, model);

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
            Messages++;
            _messages.Judge(message);
        }

        _messages.Conversation.EndWithAnswer(messages);
        _messages.Images.EndExample(example);
    }

    private void JudgeKeys(JsonValue example)
    {
        foreach (var (name, _) in example.Properties)
        {
            var key = name.Text;
            if (!key.SequenceEqual("messages"u8) && !key.SequenceEqual("tools"u8) && !key.SequenceEqual("functions"u8)
                && !key.SequenceEqual("parallel_tool_calls"u8))
            {
                problems.Add(ChatRules.UnknownTopLevelKey, name, Quote.Key(key));
            }
        }
    }
}
