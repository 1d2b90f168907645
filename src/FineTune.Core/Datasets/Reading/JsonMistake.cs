using System.Text.Json;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>Why a line is no JSON, in the words of someone who has to mend it.</summary>
/// <param name="At">The byte in the line to look at.</param>
internal readonly record struct JsonMistake(DatasetRule Rule, int At)
{
    /// <summary>Names the mistake from where the reader stopped and what it had read until then.</summary>
    /// <param name="stoppedAt">The byte the reader could not accept.</param>
    /// <param name="readUntil">The end of the last token it accepted.</param>
    public static JsonMistake Named(ReadOnlySpan<byte> line, int stoppedAt, int readUntil, JsonTokenType last, int depth)
    {
        int next = readUntil + CountOfSpace(line[readUntil..]);
        if (next >= line.Length)
        {
            return new JsonMistake(JsonRules.Incomplete, line.Length);
        }

        if (depth >= JsonLine.MaxDepth && line[next..].IndexOfAnyExcept(" ,:\t"u8) is int bracket && line[next + bracket] is (byte)'{' or (byte)'[')
        {
            return new JsonMistake(JsonRules.TooDeep, next + bracket);
        }

        return last switch
        {
            JsonTokenType.None => new JsonMistake(AtStart(line[next]), next),
            JsonTokenType.PropertyName => AfterKey(line, next, stoppedAt),
            JsonTokenType.StartObject or JsonTokenType.StartArray => AtToken(line, next, stoppedAt, last == JsonTokenType.StartObject),
            _ => AfterValue(line, next, stoppedAt, last),
        };
    }

    private static DatasetRule AtStart(byte first) => first switch
    {
        (byte)'\'' => JsonRules.SingleQuotes,
        (byte)'/' or (byte)'#' => JsonRules.Comment,
        (byte)'"' or (byte)'{' or (byte)'[' => JsonRules.Incomplete,
        _ => JsonRules.NotJson,
    };

    private static JsonMistake AfterKey(ReadOnlySpan<byte> line, int next, int stoppedAt)
    {
        if (line[next] == ':')
        {
            next += 1 + CountOfSpace(line[(next + 1)..]);
        }
        else if (next == stoppedAt)
        {
            return new JsonMistake(JsonRules.MissingColon, next);
        }

        return AtToken(line, next, stoppedAt, isKey: false);
    }

    private static JsonMistake AfterValue(ReadOnlySpan<byte> line, int next, int stoppedAt, JsonTokenType last)
    {
        if (line[next] == ',')
        {
            int afterComma = next + 1 + CountOfSpace(line[(next + 1)..]);
            return afterComma < line.Length && line[afterComma] is (byte)'}' or (byte)']'
                ? new JsonMistake(JsonRules.CommaBeforeEnd, next)
                : AtToken(line, afterComma, stoppedAt, isKey: IsKeyExpected(line, afterComma));
        }

        return new JsonMistake(
            line[next] switch
            {
                (byte)'"' or (byte)'{' or (byte)'[' => JsonRules.MissingComma,
                (byte)'}' or (byte)']' => JsonRules.WrongBracket,
                (byte)'/' => JsonRules.Comment,
                _ when last == JsonTokenType.String => JsonRules.UnescapedQuote,
                _ when last == JsonTokenType.Number => JsonRules.BadNumber,
                _ => JsonRules.Invalid,
            },
            next);
    }

    // A key without quotation marks is followed by a colon; a bare word as a value is not.
    private static bool IsKeyExpected(ReadOnlySpan<byte> line, int at)
        => at < line.Length && char.IsAsciiLetter((char)line[at]) && line[at..].IndexOfAny(":,]}\""u8) is int end and > 0 && line[at + end] == ':';

    private static JsonMistake AtToken(ReadOnlySpan<byte> line, int next, int stoppedAt, bool isKey)
    {
        if (next >= line.Length)
        {
            return new JsonMistake(JsonRules.Incomplete, line.Length);
        }

        return line[next] switch
        {
            (byte)'"' => InText(line, stoppedAt),
            (byte)'\'' => new JsonMistake(JsonRules.SingleQuotes, next),
            (byte)'/' or (byte)'#' => new JsonMistake(JsonRules.Comment, next),
            (byte)'}' or (byte)']' => new JsonMistake(JsonRules.WrongBracket, next),
            >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.' => new JsonMistake(JsonRules.BadNumber, next),
            0xE2 when line[next..].StartsWith("\u201C"u8) || line[next..].StartsWith("\u201D"u8) => new JsonMistake(JsonRules.SmartQuotes, next),
            byte letter when char.IsAsciiLetter((char)letter) => new JsonMistake(BareWord(line[next..], isKey), next),
            _ => new JsonMistake(JsonRules.Invalid, next),
        };
    }

    private static DatasetRule BareWord(ReadOnlySpan<byte> rest, bool isKey)
        => isKey ? JsonRules.UnquotedKey
        : "true"u8.StartsWith(rest) || "false"u8.StartsWith(rest) || "null"u8.StartsWith(rest) ? JsonRules.Incomplete
        : JsonRules.WrongLiteral;

    private static JsonMistake InText(ReadOnlySpan<byte> line, int stoppedAt)
    {
        if (stoppedAt >= line.Length)
        {
            return new JsonMistake(JsonRules.Incomplete, line.Length);
        }

        return new JsonMistake(line[stoppedAt] < ' ' ? JsonRules.ControlCharacter : JsonRules.BadEscape, stoppedAt);
    }

    private static int CountOfSpace(ReadOnlySpan<byte> text)
    {
        int count = text.IndexOfAnyExcept(" \t\r"u8);
        return count < 0 ? text.Length : count;
    }
}
