using System.Buffers;
using System.Buffers.Text;
using System.Text;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>Checks one text, literal or number of a broken line, and says where in it the mistake is.</summary>
internal static class JsonTokenCheck
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r,:]}\""u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly string[] Literals = ["true", "false", "null"];

    /// <param name="Length">Of the token, or up to its mistake.</param>
    internal readonly record struct Result(int Length, DatasetRule? Mistake = null);

    /// <summary>A text, from its opening quotation mark on.</summary>
    public static Result Text(ReadOnlySpan<byte> source)
    {
        int at = 1;
        while (at < source.Length && source[at] != '"')
        {
            if (source[at] < ' ')
            {
                return new Result(at, JsonRules.ControlCharacter);
            }

            int length = source[at] == '\\' ? EscapeLength(source[at..]) : 1;
            if (length == 0)
            {
                return at + 1 == source.Length ? new Result(source.Length, JsonRules.Incomplete) : new Result(at + 1, JsonRules.BadEscape);
            }

            at += length;
        }

        return at < source.Length ? new Result(at + 1) : new Result(source.Length, JsonRules.Incomplete);
    }

    /// <summary>A bare word that starts like one of JSON's.</summary>
    public static Result Literal(ReadOnlySpan<byte> source)
    {
        var word = Word(source);
        foreach (string literal in Literals)
        {
            if (Ascii.Equals(word, literal))
            {
                return new Result(word.Length);
            }

            if (word.Length == source.Length && word.Length < literal.Length && Ascii.Equals(word, literal.AsSpan(0, word.Length)))
            {
                return new Result(source.Length, JsonRules.Incomplete);
            }
        }

        return new Result(0, JsonRules.WrongLiteral);
    }

    public static Result Number(ReadOnlySpan<byte> source)
    {
        var word = Word(source);
        bool isNumber = Utf8Parser.TryParse(word, out double _, out int length) && length == word.Length && IsWrittenAsJson(word);
        return isNumber ? new Result(length) : new Result(0, JsonRules.BadNumber);
    }

    // Zero when it is none.
    private static int EscapeLength(ReadOnlySpan<byte> escape)
        => escape.Length < 2 ? 0
        : "\"\\/bfnrt"u8.Contains(escape[1]) ? 2
        : escape[1] == 'u' && escape.Length >= 6 && !escape[2..6].ContainsAnyExcept(HexDigits) ? 6
        : 0;

    // .NET also reads 01, 1. and 1.e5.
    private static bool IsWrittenAsJson(ReadOnlySpan<byte> word)
    {
        var digits = word[0] == '-' ? word[1..] : word;
        int point = digits.IndexOf((byte)'.');
        return digits is not [] and not [(byte)'0', >= (byte)'0' and <= (byte)'9', ..]
            && char.IsAsciiDigit((char)digits[0])
            && (point < 0 || (point + 1 < digits.Length && char.IsAsciiDigit((char)digits[point + 1])));
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> source)
    {
        int end = source.IndexOfAny(WordEnds);
        return end < 0 ? source : source[..Math.Max(end, 1)];
    }
}
