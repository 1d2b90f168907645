using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FineTune.Operations;

/// <summary>Says what is wrong with JSON that a person wrote, without the type names that the reader's own words are full of.</summary>
public static partial class UnreadableJson
{
    /// <returns>One sentence, such as <c>'epochs' has a value that cannot stand there (line 3).</c></returns>
    public static string Explain(JsonException unreadable)
    {
        if (UnknownMember().Match(unreadable.Message) is { Success: true } unknown)
        {
            return $"Nothing here is called '{unknown.Groups["name"].Value}'.";
        }

        if (MissingMembers().Match(unreadable.Message) is { Success: true } missing)
        {
            return $"It lacks {missing.Groups["names"].Value}.";
        }

        string place = unreadable.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1})") : "";
        return WrongValue().IsMatch(unreadable.Message)
            ? unreadable.Path is null or "$" ? "It is not a JSON object." : $"'{unreadable.Path[2..]}' has a value that cannot stand there{place}."
            : TooShort().IsMatch(unreadable.Message) ? $"It ends before the JSON does{place}."
            : $"{FirstSentence(unreadable.Message)}{place}.";
    }

    private static string FirstSentence(string message) => message[..(message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? end : message.Length)].TrimEnd('.');

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any .NET member", RegexOptions.Singleline)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("was missing required properties including: (?<names>.*?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex("^(Expected depth to be zero|The input does not contain any JSON tokens)")]
    private static partial Regex TooShort();

    [GeneratedRegex("^The JSON value could not be converted to ")]
    private static partial Regex WrongValue();
}
