using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Judges and counts chat examples: <c>messages</c>, with tools and parts. One instance serves a whole file.</summary>
internal sealed class ChatFormat
{
    private readonly ProblemLog _problems;
    private readonly ChatMessage _message;
    private readonly MessageChecks _messageChecks;
    private readonly ContentChecks _contentChecks;
    private readonly ImageChecks _imageChecks;
    private readonly ToolDeclarations _tools;
    private readonly ToolCalls _toolCalls;
    private readonly Conversation _conversation;

    public ChatFormat(ProblemLog problems, ExampleTokens tokens, ModelFacts? model)
    {
        _problems = problems;
        _message = new ChatMessage(problems);
        _messageChecks = new MessageChecks(problems, tokens);
        _imageChecks = new ImageChecks(problems, tokens, model);
        _contentChecks = new ContentChecks(problems, tokens, new PartChecks(problems, tokens, _imageChecks));
        _tools = new ToolDeclarations(problems, tokens);
        _toolCalls = new ToolCalls(problems, tokens, _tools);
        _conversation = new Conversation(problems);
    }

    /// <summary>Messages seen so far.</summary>
    public long Messages { get; private set; }

    public void Judge(JsonValue example)
    {
        JudgeKeys(example);
        _tools.Read(example.Get("tools"u8), example.Get("functions"u8));
        var messages = example.Get("messages"u8);
        if (messages.IsMissing)
        {
            _problems.Add(ChatRules.MissingMessages, example);
        }
        else if (!messages.IsArray)
        {
            _problems.Add(ChatRules.MessagesNotArray, messages, Quote.Kind(messages));
        }
        else if (messages.IsEmptyArray)
        {
            _problems.Add(ChatRules.MessagesEmpty, messages);
        }
        else
        {
            JudgeMessages(example, messages);
        }
    }

    private void JudgeMessages(JsonValue example, JsonValue messages)
    {
        _conversation.StartExample();
        _toolCalls.StartExample();
        _imageChecks.StartExample();
        foreach (var message in messages.Items)
        {
            Messages++;
            JudgeMessage(message);
        }

        _conversation.EndExample(messages);
        _imageChecks.EndExample(example);
    }

    private void JudgeMessage(JsonValue message)
    {
        if (!message.IsObject)
        {
            _problems.Add(ChatRules.MessageNotObject, message, Quote.Kind(message));
            _conversation.TakeUnreadable();
            return;
        }

        _message.Read(message);
        _messageChecks.Judge(_message);
        _contentChecks.Judge(_message);
        _toolCalls.Judge(_message);
        _conversation.Take(_message);
    }

    private void JudgeKeys(JsonValue example)
    {
        foreach (var (name, value) in example.Properties)
        {
            var key = name.Text;
            if (key.SequenceEqual("parallel_tool_calls"u8))
            {
                JudgeParallelCalls(value);
            }
            else if (!key.SequenceEqual("messages"u8) && !key.SequenceEqual("tools"u8) && !key.SequenceEqual("functions"u8))
            {
                _problems.Add(ChatRules.UnknownTopLevelKey, name, Quote.Key(key));
            }
        }
    }

    private void JudgeParallelCalls(JsonValue value)
    {
        if (!value.IsBoolean)
        {
            _problems.Add(ToolRules.ParallelCallsWrong, value, Quote.Kind(value));
        }
    }
}
