using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Formats.Completion;

/// <summary>Prompt/completion examples: the prompt is continued by the completion, with nothing around either.</summary>
internal sealed class CompletionFormat(ProblemLog problems, ExampleTokens tokens) : ExampleFormat
{
    private readonly CommonEnding _ofPrompts = new();
    private readonly CommonEnding _ofCompletions = new();

    public override void Judge(JsonValue example)
    {
        tokens.StartPlainExample();
        foreach (var (name, _) in example.Properties)
        {
            if (!name.Text.SequenceEqual("prompt"u8) && !name.Text.SequenceEqual("completion"u8))
            {
                problems.Add(CompletionRules.UnknownKey, name, Quote.Key(name.Text));
            }
        }

        JudgePrompt(example, example.Get("prompt"u8));
        JudgeCompletion(example, example.Get("completion"u8));
    }

    public override void EndOfFile()
    {
        if (_ofPrompts.IsMissing)
        {
            problems.Add(CompletionRules.NoSeparator, field: null);
        }

        if (_ofCompletions.IsMissing)
        {
            problems.Add(CompletionRules.NoStop, field: null);
        }
    }

    private void JudgePrompt(JsonValue example, JsonValue prompt)
    {
        // An empty prompt is fine: the model then learns to write without being asked.
        if (IsText(example, prompt, "prompt") && !prompt.Text.IsEmpty)
        {
            _ofPrompts.Take(prompt.Text);
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
            problems.Add(CompletionRules.EmptyCompletion, completion);
            return;
        }

        _ofCompletions.Take(completion.Text);
        if (completion.Text[0] is not ((byte)' ' or (byte)'\n' or (byte)'\t'))
        {
            problems.Add(CompletionRules.NoLeadingSpace, completion);
        }
    }

    private bool IsText(JsonValue example, JsonValue value, string key)
    {
        if (!value.IsString)
        {
            problems.Add(CompletionRules.WrongKind, value.IsMissing ? example : value, key, Quote.Kind(value));
            return false;
        }

        tokens.AddText(value.Text);
        return true;
    }
}
