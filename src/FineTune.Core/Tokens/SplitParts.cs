using static FineTune.Tokens.CharacterClasses;

namespace FineTune.Tokens;

/// <summary>The parts that the patterns of both encodings share.</summary>
internal static class SplitParts
{
    /// <summary><c>(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>, where the long s (U+017F) is an s in either case.</summary>
    public static int EndOfContraction(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
        {
            return at;
        }

        int second = at + 2 < text.Length ? text[at + 2] | 0x20 : 0;
        return (text[at + 1] | 0x20) switch
        {
            's' or 't' or 'm' or 'd' => at + 2,
            'r' or 'v' when second == 'e' => at + 3,
            'l' when second == 'l' => at + 3,
            _ when text[(at + 1)..].StartsWith("ſ"u8) => at + 3,
            _ => at,
        };
    }

    /// <summary><c>\p{N}{1,3}</c></summary>
    public static int EndOfNumber(ReadOnlySpan<byte> text, int start)
    {
        int end = start;
        for (int digits = 0; digits < 3 && Utf8Classes.IsAt(text, end, Number, out int next); digits++)
        {
            end = next;
        }

        return end;
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+</c>, or <paramref name="start"/> where there is none.</summary>
    public static int EndOfSymbols(ReadOnlySpan<byte> text, int start, CharacterClasses first, int second)
    {
        bool starts = (first & (Other | Mark)) != 0 || (text[start] == ' ' && Utf8Classes.IsAt(text, second, Other | Mark, out second));
        return starts ? Utf8Classes.EndOfRun(text, second, Other | Mark) : start;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c></summary>
    public static int EndOfWhiteSpace(ReadOnlySpan<byte> text, int start)
    {
        int end = start, last = start, afterNewLine = start;
        while (Utf8Classes.IsAt(text, end, WhiteSpace, out int next))
        {
            last = end;
            end = next;
            if (text[last] is (byte)'\r' or (byte)'\n')
            {
                afterNewLine = end;
            }
        }

        if (afterNewLine > start)
        {
            return afterNewLine;
        }

        // The last space of a run goes with what follows it, unless it is the only one.
        return end == text.Length || last == start ? end : last;
    }
}
