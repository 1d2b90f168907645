using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Preference;

/// <summary>Preference examples: an <c>input</c> that ends before the answer, the better answer and the worse one.</summary>
internal sealed class PreferenceFormat(CheckContext context) : ExampleFormat
{
    private readonly ExampleMessages _messages = new(context);

    public override void Judge(JsonValue example)
    {
        JudgeKeys(example);
        _messages.StartExample();
        JudgeInput(example, example.Get("input"u8));
        var prompt = context.Tokens.Total;
        var preferred = example.Get("preferred_output"u8);
        var other = example.Get("non_preferred_output"u8);
        JudgeOutput(example, preferred, "preferred_output");
        var throughPreferred = context.Tokens.Total;
        JudgeOutput(example, other, "non_preferred_output");
        if (_messages.Images.Count > 0)
        {
            context.Problems.Add(PreferenceRules.ImagesNotTaken, example);
        }

        if (preferred.IsArray && other.IsArray && preferred.Fingerprint == other.Fingerprint)
        {
            context.Problems.Add(PreferenceRules.SameOutputs, other);
        }

        context.Tokens.EndPreference(prompt, throughPreferred);
    }

    // A contradiction is the same pair of answers preferred the other way round; another pair is just one more comparison.
    public override ulong PromptOf(JsonValue example)
    {
        var (input, preferred, other) = (example.Get("input"u8), example.Get("preferred_output"u8), example.Get("non_preferred_output"u8));
        return input.IsMissing || preferred.IsMissing || other.IsMissing
            ? 0
            : Fingerprint.Add(input.Fingerprint, preferred.Fingerprint ^ other.Fingerprint);
    }

    private void JudgeInput(JsonValue example, JsonValue input)
    {
        if (!input.IsObject)
        {
            context.Problems.Add(PreferenceRules.InputWrong, input.IsMissing ? example : input, Quote.Kind(input));
            return;
        }

        JudgeInputKeys(input);
        var tools = input.Get("tools"u8);
        _messages.Tools.Read(tools.IsEmptyArray ? default : tools, functions: default); // the provider's own example has an empty one
        _messages.JudgeParallelCalls(input.Get("parallel_tool_calls"u8));
        var messages = input.Get("messages"u8);
        if (!_messages.IsArrayOfMessages(input, messages))
        {
            return;
        }

        foreach (var message in messages.Items)
        {
            _messages.Judge(message);
        }

        _messages.Conversation.EndBeforeAnswer(messages);
        _messages.Conversation.StartExample();
    }

    private void JudgeOutput(JsonValue example, JsonValue output, string key)
    {
        int count = 0;
        var role = ChatRole.Unknown;
        if (output.IsArray)
        {
            foreach (var message in output.Items)
            {
                count++;
                role = _messages.Judge(message);
                _messages.StartOtherEnd();
            }
        }

        if (count != 1)
        {
            string found = count > 1 ? "an array with more" : Quote.Kind(output);
            context.Problems.Add(PreferenceRules.OutputWrong, output.IsMissing ? example : output, key, found);
        }
        else if (role is not (ChatRole.Assistant or ChatRole.Unknown))
        {
            context.Problems.Add(PreferenceRules.OutputNotFromAssistant, output, key, ChatRoles.NameOf(role));
        }
    }

    private void JudgeKeys(JsonValue example)
    {
        foreach (var (name, _) in example.Properties)
        {
            var key = name.Text;
            if (!key.SequenceEqual("input"u8) && !key.SequenceEqual("preferred_output"u8) && !key.SequenceEqual("non_preferred_output"u8))
            {
                context.Problems.Add(PreferenceRules.UnknownKey, name, Quote.Key(key));
            }
        }
    }

    private void JudgeInputKeys(JsonValue input)
    {
        foreach (var (name, _) in input.Properties)
        {
            var key = name.Text;
            if (!key.SequenceEqual("messages"u8) && !key.SequenceEqual("tools"u8) && !key.SequenceEqual("parallel_tool_calls"u8))
            {
                context.Problems.Add(PreferenceRules.UnknownInputKey, name, Quote.Key(key));
            }
        }
    }
}
