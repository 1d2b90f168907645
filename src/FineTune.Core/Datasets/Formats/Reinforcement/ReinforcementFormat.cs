using System.Text;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>
/// Reinforcement examples: <c>messages</c> that end with what the model is to answer, and beside them whatever the grader compares
/// the answer with, under any keys.
/// </summary>
internal sealed class ReinforcementFormat(CheckContext context, Grader? grader) : ExampleFormat
{
    private readonly ExampleMessages _messages = new(context);
    private readonly (string Name, byte[] Key)[] _fields = [.. (grader?.Fields ?? []).Select(name => (name, Encoding.UTF8.GetBytes(name)))];

    public override void Judge(JsonValue example)
    {
        foreach (var (name, key) in _fields)
        {
            if (example.Get(key).IsMissing)
            {
                context.Problems.Add(ReinforcementRules.FieldMissing, example, name);
            }
        }

        TakeKeys(example);
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

        _messages.Conversation.EndWithQuestion();
        _messages.Images.EndExample(example);
    }

    // In whatever order they stand.
    private void TakeKeys(JsonValue example)
    {
        ulong keys = 0;
        ulong values = 0;
        foreach (var (name, value) in example.Properties)
        {
            if (!IsOfProvider(name.Text))
            {
                ulong key = Fingerprint.Of(name.Text);
                keys += key;
                values += Fingerprint.Add(key, value.Fingerprint);
            }
        }

        context.Totals.GraderKeys.Take(keys, example.Line.Line.Number);
        if (keys != 0)
        {
            context.Totals.GraderValues.Take(values, example.Line.Line.Number);
        }
    }

    private static bool IsOfProvider(ReadOnlySpan<byte> key)
        => key.SequenceEqual("messages"u8) || key.SequenceEqual("tools"u8) || key.SequenceEqual("functions"u8)
            || key.SequenceEqual("parallel_tool_calls"u8);

    // Two examples that ask the same want different answers, or they would be the same.
    public override ulong PromptOf(JsonValue example)
        => example.Get("messages"u8) is { IsMissing: false } messages ? messages.Fingerprint : 0;
}
