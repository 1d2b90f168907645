using static FineTune.Tokens.CharacterClasses;

namespace FineTune.Tokens;

/// <summary>
/// <c>[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>
/// <c>|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>
/// <c>|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>
/// </summary>
internal readonly struct O200kPattern : ISplitPattern
{
    public static bool WordsEndBeforeUpper => true;

    public static int EndOfPiece(ReadOnlySpan<byte> text, int start)
    {
        var first = Utf8Classes.ClassAt(text, start, out int second);
        if (first == Number)
        {
            return SplitParts.EndOfNumber(text, start);
        }

        // A mark may be what precedes a word as well as part of it; both readings end the piece at the same place.
        int word = (first & (Other | Space)) != 0 ? second : start;
        if (Utf8Classes.IsAt(text, word, Letter | Mark, out _))
        {
            return SplitParts.EndOfContraction(text, EndOfWord(text, word));
        }

        int symbols = SplitParts.EndOfSymbols(text, start, first, second);
        return symbols > start ? EndOfNewLinesAndSlashes(text, symbols) : SplitParts.EndOfWhiteSpace(text, start);
    }

    /// <summary>
    /// Upper case, then lower case. Without a lower-case letter the pattern gives characters back until the last one
    /// that counts as lower case too; without even that, the upper-case run is the word.
    /// </summary>
    private static int EndOfWord(ReadOnlySpan<byte> text, int start)
    {
        int end = start, afterBothCases = start;
        while (Utf8Classes.IsAt(text, end, Upper | Caseless | Mark, out int next))
        {
            if (!Utf8Classes.IsAt(text, end, Upper, out _))
            {
                afterBothCases = next;
            }

            end = next;
        }

        int lower = Utf8Classes.EndOfRun(text, end, Lower | Caseless | Mark);
        return lower > end ? lower : afterBothCases > start ? afterBothCases : end;
    }

    private static int EndOfNewLinesAndSlashes(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)'\r' or (byte)'\n' or (byte)'/')
        {
            at++;
        }

        return at;
    }
}
