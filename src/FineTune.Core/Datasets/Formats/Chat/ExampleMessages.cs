using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>The messages of one example, with the tools they may call: judged one by one, then together. One instance serves all examples.</summary>
internal sealed class ExampleMessages
{
    private readonly ProblemLog _problems;
    private readonly InspectionTotals _totals;
    private readonly ExampleTokens _tokens;
    private readonly ChatMessage _message;
    private readonly MessageChecks _messageChecks;
    private readonly ContentChecks _contentChecks;
    private readonly ToolCalls _toolCalls;

    public ExampleMessages(CheckContext context)
    {
        var (problems, totals, tokens, sketcher, _, _) = context;
        (_problems, _totals, _tokens) = (problems, totals, tokens);
        _message = new ChatMessage(problems);
        _messageChecks = new MessageChecks(problems, tokens);
        Images = new ImageChecks(context);
        _contentChecks = new ContentChecks(problems, tokens, sketcher, new PartChecks(problems, tokens, sketcher, Images));
        Tools = new ToolDeclarations(problems, tokens);
        _toolCalls = new ToolCalls(problems, tokens, sketcher, Tools);
        Conversation = new Conversation(problems);
    }

    public ToolDeclarations Tools { get; }

    public ImageChecks Images { get; }

    public Conversation Conversation { get; }

    public void StartExample()
    {
        Conversation.StartExample();
        _toolCalls.StartExample();
        Images.StartExample();
    }

    /// <summary>Forgets who spoke and what was called: the next message is another end of the same conversation.</summary>
    public void StartOtherEnd()
    {
        Conversation.StartExample();
        _toolCalls.StartExample();
    }

    /// <summary>Judges one message after those before it; returns who speaks.</summary>
    public ChatRole Judge(JsonValue message)
    {
        _totals.Messages++;
        if (!message.IsObject)
        {
            _problems.Add(ChatRules.MessageNotObject, message, Quote.Kind(message));
            Conversation.TakeUnreadable();
            return ChatRole.Unknown;
        }

        _message.Read(message);
        _tokens.StartMessage(message, _message.Role);
        _messageChecks.Judge(_message);
        _contentChecks.Judge(_message);
        _toolCalls.Judge(_message);
        Conversation.Take(_message);
        return _message.Role;
    }

    /// <summary>Whether the value is an array with messages in it; a problem if not.</summary>
    public bool IsArrayOfMessages(JsonValue container, JsonValue messages)
    {
        if (messages.IsMissing)
        {
            _problems.Add(ChatRules.MissingMessages, container);
        }
        else if (!messages.IsArray)
        {
            _problems.Add(ChatRules.MessagesNotArray, messages, Quote.Kind(messages));
        }
        else if (messages.IsEmptyArray)
        {
            _problems.Add(ChatRules.MessagesEmpty, messages);
        }

        return messages.IsArray && !messages.IsEmptyArray;
    }

    public void JudgeParallelCalls(JsonValue value)
    {
        if (!value.IsMissing && !value.IsBoolean)
        {
            _problems.Add(ToolRules.ParallelCallsWrong, value, Quote.Kind(value));
        }
    }
}
