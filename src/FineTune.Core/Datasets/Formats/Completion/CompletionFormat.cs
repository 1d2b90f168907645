using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Completion;

/// <summary>Prompt/completion examples: the prompt is continued by the completion, with nothing around either.</summary>
internal sealed class CompletionFormat(CheckContext context) : ExampleFormat
{
    public override void Judge(JsonValue example)
    {
        context.Tokens.StartPlainExample();
        foreach (var (name, _) in example.Properties)
        {
            if (!name.Text.SequenceEqual("prompt"u8) && !name.Text.SequenceEqual("completion"u8))
            {
                context.Problems.Add(CompletionRules.UnknownKey, name, Quote.Key(name.Text));
            }
        }

        JudgePrompt(example, example.Get("prompt"u8));
        JudgeCompletion(example, example.Get("completion"u8));
    }

    public override ulong PromptOf(JsonValue example)
        => example.Get("prompt"u8) is { IsString: true, Text.IsEmpty: false } prompt ? prompt.Fingerprint : 0;

    private void JudgePrompt(JsonValue example, JsonValue prompt)
    {
        // An empty prompt is fine: the model then learns to write without being asked.
        if (IsText(example, prompt, "prompt") && !prompt.Text.IsEmpty)
        {
            context.Totals.Prompts.Take(prompt.Text, example.Line.Line.Number);
        }
    }

    private void JudgeCompletion(JsonValue example, JsonValue completion)
    {
        if (!IsText(example, completion, "completion"))
        {
            return;
        }

        if (completion.Text.IsEmpty)
        {
            context.Problems.Add(CompletionRules.EmptyCompletion, completion);
            return;
        }

        context.Totals.Completions.Take(completion.Text, example.Line.Line.Number);
        if (completion.Text[0] is not ((byte)' ' or (byte)'\n' or (byte)'\t'))
        {
            context.Problems.Add(CompletionRules.NoLeadingSpace, completion);
        }
    }

    private bool IsText(JsonValue example, JsonValue value, string key)
    {
        if (!value.IsString)
        {
            context.Problems.Add(CompletionRules.WrongKind, value.IsMissing ? example : value, key, Quote.Kind(value));
            return false;
        }

        context.Tokens.AddText(value.Text);
        context.Sketcher.Add(value.Text);
        return true;
    }
}
