using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FineTune.Datasets.Reading;

/// <summary>
/// What a report may say of a dataset's content: names of keys that look like names, kinds of values, and words from our own lists.
/// Training text never leaves the file.
/// </summary>
internal static class Quote
{
    private const int LongestKey = 32;

    public static string Key(ReadOnlySpan<byte> key) => LooksLikeName(key)
        ? $"\"{Encoding.ASCII.GetString(key)}\""
        : string.Create(CultureInfo.InvariantCulture, $"a key of {Characters(key)} characters");

    public static string KeyInPath(ReadOnlySpan<byte> key) => LooksLikeName(key) ? Encoding.ASCII.GetString(key) : "(key)";

    /// <summary>"a string", "an object", "nothing": what stands where something else was expected.</summary>
    public static string Kind(JsonValue value) => value.IsMissing ? "nothing" : value.Kind switch
    {
        JsonTokenType.String when value.Text.IsEmpty => "an empty string",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartArray when value.IsEmptyArray => "an empty array",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };

    /// <summary>A string only when it is one of <paramref name="knownWords"/>, in whatever case; otherwise its kind and length.</summary>
    public static string Word(JsonValue value, params ReadOnlySpan<string> knownWords)
    {
        if (!value.IsString)
        {
            return Kind(value);
        }

        foreach (string word in knownWords)
        {
            if (Ascii.EqualsIgnoreCase(value.Text, word))
            {
                return $"\"{Encoding.ASCII.GetString(value.Text)}\"";
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"an unknown word of {Characters(value.Text)} characters");
    }

    private static bool LooksLikeName(ReadOnlySpan<byte> key)
        => key.Length is > 0 and <= LongestKey && key.IndexOfAnyExcept(Names) < 0;

    private static readonly System.Buffers.SearchValues<byte> Names
        = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private static int Characters(ReadOnlySpan<byte> text) => Encoding.UTF8.GetCharCount(text);
}
