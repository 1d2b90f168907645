namespace FineTune.Datasets.Conversion;

/// <summary>
/// What a completion model needs around its texts: a separator after every prompt, a space before every completion, a stop
/// sequence after it; and none of them anywhere else, or the model could not tell where it is.
/// </summary>
internal static class CompletionMarks
{
    /// <summary>The prompt and completion with their marks, or why that cannot be.</summary>
    public static (string Prompt, string Completion, string? Problem) Add(string prompt, string completion, ConvertOptions options)
    {
        string marked = prompt.Length == 0 ? "" : prompt + options.Separator;
        string answer = " " + completion + options.Stop;
        string? problem = IsElsewhere(marked, options.Separator) ? Words("separator", "prompt", "--separator")
            : IsElsewhere(answer, options.Stop) ? Words("stop sequence", "completion", "--stop")
            : null;
        return (marked, answer, problem);
    }

    /// <summary>The texts without their marks, as far as they are there.</summary>
    public static ExampleDraft Strip(string prompt, string completion, ConvertOptions options)
    {
        string text = WithoutEnding(prompt, options.Separator);
        string answer = WithoutEnding(completion, options.Stop);
        answer = answer.StartsWith(' ') ? answer[1..] : answer;
        return new ExampleDraft(text.Length == 0 ? [new Turn("assistant", answer)] : [new Turn("user", text), new Turn("assistant", answer)]);
    }

    private static bool IsElsewhere(string text, string mark)
        => mark.Length > 0 && text.Length > 0 && text.IndexOf(mark, StringComparison.Ordinal) != text.Length - mark.Length;

    private static string WithoutEnding(string text, string ending)
        => ending.Length > 0 && text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;

    private static string Words(string mark, string text, string option)
        => $"The {mark} already stands in its {text}, or arises where the two meet; choose one that appears in none with {option}.";
}
