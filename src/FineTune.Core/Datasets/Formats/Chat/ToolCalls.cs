using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>What the assistant's calls must be, and that each is answered before the conversation goes on.</summary>
internal sealed class ToolCalls(ProblemLog problems, ExampleTokens tokens, TextSketcher sketcher, ToolDeclarations tools)
{
    // Around a call's name and arguments stand at most its id, its type and the braces.
    private const int MostAroundACall = 24;

    private readonly ArgumentChecks _arguments = new(problems);
    private readonly HashSet<ulong> _ids = [];
    private readonly HashSet<ulong> _unanswered = [];
    private readonly HashSet<ulong> _answerable = [];

    public void StartExample()
    {
        _ids.Clear();
        _unanswered.Clear();
        _answerable.Clear();
    }

    public void Judge(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
        {
            JudgeAnswer(message);
        }
        else
        {
            CloseOpenCalls(message);
            JudgeCaller(message);
        }
    }

    private void JudgeAnswer(ChatMessage message)
    {
        if (!message.ToolCallId.IsString || message.ToolCallId.Text.IsEmpty)
        {
            var place = message.ToolCallId.IsMissing ? message.Value : message.ToolCallId;
            problems.Add(ToolRules.AnswerWithoutId, place, Quote.Kind(message.ToolCallId));
            return;
        }

        ulong id = Fingerprint.Of(message.ToolCallId.Text);
        if (!_answerable.Contains(id))
        {
            problems.Add(ToolRules.AnswerWithoutCall, message.ToolCallId);
        }

        _unanswered.Remove(id);
    }

    private void CloseOpenCalls(ChatMessage message)
    {
        if (_unanswered.Count > 0)
        {
            problems.Add(ToolRules.CallUnanswered, message.Value, _unanswered.Count);
        }

        _unanswered.Clear();
        _answerable.Clear();
    }

    private void JudgeCaller(ChatMessage message)
    {
        if (!message.ToolCallId.IsNothing && message.Role != ChatRole.Unknown)
        {
            problems.Add(ToolRules.IdOnOtherRole, message.ToolCallId, message.From);
        }

        if (!message.FunctionCall.IsNothing)
        {
            JudgePlace(message, message.FunctionCall, "function_call");
            JudgeFunction(message.FunctionCall);
        }

        if (message.ToolCalls.IsNothing)
        {
            return;
        }

        JudgePlace(message, message.ToolCalls, "tool_calls");
        if (!message.ToolCalls.IsArray || message.ToolCalls.IsEmptyArray)
        {
            problems.Add(ToolRules.CallsNotArray, message.ToolCalls, Quote.Kind(message.ToolCalls));
            return;
        }

        foreach (var call in message.ToolCalls.Items)
        {
            JudgeCall(call);
        }
    }

    private void JudgePlace(ChatMessage message, JsonValue value, string key)
    {
        if (message.Role is not (ChatRole.Assistant or ChatRole.Unknown))
        {
            problems.Add(ToolRules.CallsNotFromAssistant, value, message.From, key);
        }
    }

    private void JudgeCall(JsonValue call)
    {
        if (!call.IsObject)
        {
            problems.Add(ToolRules.CallWrong, call, Quote.Kind(call), "place in the array", "an object");
            return;
        }

        JudgeId(call, call.Get("id"u8));
        var type = call.Get("type"u8);
        if (!type.Is("function"u8))
        {
            Wrong(call, type, "type", "\"function\"");
        }

        JudgeFunction(call.Get("function"u8) is { IsMissing: false } function ? function : call);
    }

    private void JudgeId(JsonValue call, JsonValue id)
    {
        if (!id.IsString || id.Text.IsEmpty)
        {
            Wrong(call, id, "id", "a string");
            return;
        }

        ulong hash = Fingerprint.Of(id.Text);
        if (!_ids.Add(hash))
        {
            problems.Add(ToolRules.CallIdRepeated, id);
        }

        _unanswered.Add(hash);
        _answerable.Add(hash);
    }

    private void JudgeFunction(JsonValue function)
    {
        if (!function.IsObject)
        {
            problems.Add(ToolRules.CallWrong, function, Quote.Kind(function), "function", "an object with name and arguments");
            return;
        }

        var name = function.Get("name"u8);
        if (!name.IsString || name.Text.IsEmpty)
        {
            Wrong(function, name, "function name", "a string");
        }
        else if (!tools.Contains(name))
        {
            problems.Add(tools.Any ? ToolRules.Undeclared : ToolRules.NoneDeclared, name);
        }

        JudgeArguments(function, function.Get("arguments"u8), tools.ParametersOf(name));
        int least = Count(name) + Count(function.Get("arguments"u8));
        tokens.Add(least, least + MostAroundACall);
    }

    private void JudgeArguments(JsonValue function, JsonValue arguments, JsonValue parameters)
    {
        if (!arguments.IsString)
        {
            Wrong(function, arguments, "arguments", "a JSON object written as a string");
            return;
        }

        sketcher.Add(arguments.Text);
        _arguments.Judge(arguments, parameters);
    }

    private int Count(JsonValue value) => value.IsString ? tokens.Count(value.Text) : 0;

    private void Wrong(JsonValue container, JsonValue value, string key, string expected)
        => problems.Add(ToolRules.CallWrong, value.IsMissing ? container : value, Quote.Kind(value), key, expected);
}
