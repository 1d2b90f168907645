using static FineTune.Tokens.CharacterClasses;

namespace FineTune.Tokens;

/// <summary>
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>
/// </summary>
internal readonly struct Cl100kPattern : ISplitPattern
{
    public static int EndOfPiece(ReadOnlySpan<byte> text, int start)
    {
        int contraction = SplitParts.EndOfContraction(text, start);
        if (contraction > start)
        {
            return contraction;
        }

        int word = Utf8Classes.IsAt(text, start, Other | Mark | Space, out int next) ? next : start;
        int end = Utf8Classes.EndOfRun(text, word, Letter);
        if (end > word)
        {
            return end;
        }

        end = SplitParts.EndOfNumber(text, start);
        if (end > start)
        {
            return end;
        }

        int symbols = text[start] == ' ' ? start + 1 : start;
        end = Utf8Classes.EndOfRun(text, symbols, Other | Mark);
        return end > symbols ? Utf8Classes.EndOfRun(text, end, NewLine) : SplitParts.EndOfWhiteSpace(text, start);
    }
}
