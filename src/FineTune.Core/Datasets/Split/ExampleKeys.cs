using System.Text;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Split;

/// <summary>Hashes of what an example asks, what it answers, and of a field, blind to white space and escapes.</summary>
internal static class ExampleKeys
{
    /// <summary>All that stands before the answer; of an unknown format the whole example.</summary>
    public static ulong Prompt(JsonValue example) => FormatDetection.Of(example) switch
    {
        DatasetFormat.Chat when IsPrompt(example) => example.Get("messages"u8).Fingerprint,
        DatasetFormat.Chat => UpToLast(example.Get("messages"u8)),
        DatasetFormat.ShareGpt => UpToLast(example.Get("conversations"u8)),
        DatasetFormat.Gemini => UpToLast(example.Get("contents"u8)),
        DatasetFormat.Preference => Of(example.Get("input"u8), example),
        DatasetFormat.Completion or DatasetFormat.ChosenRejected => Of(example.Get("prompt"u8), example),
        DatasetFormat.QuestionAnswer => Of(example.Get("question"u8), example),
        DatasetFormat.Instruction => Fingerprint.Add(Of(example.Get("instruction"u8), example), Of(example.Get("input"u8), default)),
        _ => example.Fingerprint,
    };

    public static ulong Answer(JsonValue example) => FormatDetection.Of(example) switch
    {
        DatasetFormat.Chat => Last(example.Get("messages"u8), "content"u8),
        DatasetFormat.ShareGpt => Last(example.Get("conversations"u8), "value"u8),
        DatasetFormat.Gemini => Last(example.Get("contents"u8), "parts"u8),
        DatasetFormat.Preference => Last(example.Get("preferred_output"u8), "content"u8),
        DatasetFormat.Completion => Of(example.Get("completion"u8), example),
        DatasetFormat.ChosenRejected => Of(example.Get("chosen"u8), example),
        DatasetFormat.QuestionAnswer => Of(example.Get("answer"u8), example),
        DatasetFormat.Instruction => Of(example.Get("output"u8), example),
        _ => example.Fingerprint,
    };

    /// <summary>Whether it is for reinforcement: a conversation that ends with the user, and for a grader any keys beside it.</summary>
    public static bool IsPrompt(JsonValue example) => LastOf(example.Get("messages"u8)) is { IsObject: true } last && last.Get("role"u8).Is("user"u8);

    /// <summary>The value at the end of a path of keys; null when it is not there.</summary>
    public static ulong? Field(JsonValue example, string path)
    {
        var value = example;
        foreach (string key in path.Split('.'))
        {
            value = value.IsObject ? value.Get(Encoding.UTF8.GetBytes(key)) : default;
        }

        return value.IsNothing ? null : value.Fingerprint;
    }

    private static ulong Of(JsonValue value, JsonValue otherwise)
        => !value.IsMissing ? value.Fingerprint : otherwise.IsMissing ? 0 : otherwise.Fingerprint;

    // The last message is the answer, and with it goes nothing before.
    private static ulong UpToLast(JsonValue messages)
    {
        if (!messages.IsArray || messages.IsEmptyArray)
        {
            return Of(messages, otherwise: default);
        }

        ulong before = 0;
        ulong all = 0;
        foreach (var message in messages.Items)
        {
            before = all;
            all = Fingerprint.Add(all, message.Fingerprint);
        }

        return before;
    }

    private static ulong Last(JsonValue messages, ReadOnlySpan<byte> key)
        => LastOf(messages) is { IsObject: true } last ? Of(last.Get(key), last) : Of(messages, otherwise: default);

    private static JsonValue LastOf(JsonValue messages)
    {
        var last = default(JsonValue);
        if (messages.IsArray)
        {
            foreach (var message in messages.Items)
            {
                last = message;
            }
        }

        return last;
    }
}
