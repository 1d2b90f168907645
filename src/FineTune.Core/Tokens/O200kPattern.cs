using static FineTune.Tokens.CharacterClasses;

namespace FineTune.Tokens;

/// <summary>
/// <c>[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>
/// <c>|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c>
/// <c>|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>
/// </summary>
internal readonly struct O200kPattern : ISplitPattern
{
    public static int EndOfPiece(ReadOnlySpan<byte> text, int start)
    {
        // A mark may be what precedes a word as well as part of it; both readings end the piece at the same place.
        int word = Utf8Classes.IsAt(text, start, Other | Space, out int next) ? next : start;
        int end = EndOfWord(text, word);
        if (end > word)
        {
            return SplitParts.EndOfContraction(text, end);
        }

        end = SplitParts.EndOfNumber(text, start);
        if (end > start)
        {
            return end;
        }

        int symbols = text[start] == ' ' ? start + 1 : start;
        end = Utf8Classes.EndOfRun(text, symbols, Other | Mark);
        return end > symbols ? EndOfNewLinesAndSlashes(text, end) : SplitParts.EndOfWhiteSpace(text, start);
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
        int length = text[at..].IndexOfAnyExcept((byte)'\r', (byte)'\n', (byte)'/');
        return length < 0 ? text.Length : at + length;
    }
}
