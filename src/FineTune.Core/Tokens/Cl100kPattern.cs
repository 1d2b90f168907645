using static FineTune.Tokens.CharacterClasses;

namespace FineTune.Tokens;

/// <summary>
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>
/// </summary>
internal readonly struct Cl100kPattern : ISplitPattern
{
    public static bool WordsEndBeforeUpper => false;

    public static int EndOfPiece(ReadOnlySpan<byte> text, int start)
    {
        int contraction = SplitParts.EndOfContraction(text, start);
        if (contraction > start)
        {
            return contraction;
        }

        var first = Utf8Classes.ClassAt(text, start, out int second);
        if (first == Number)
        {
            return SplitParts.EndOfNumber(text, start);
        }

        int word = (first & (Other | Mark | Space)) != 0 ? second : start;
        int end = Utf8Classes.EndOfRun(text, word, Letter);
        if (end > word)
        {
            return end;
        }

        int symbols = SplitParts.EndOfSymbols(text, start, first, second);
        return symbols > start ? Utf8Classes.EndOfRun(text, symbols, NewLine) : SplitParts.EndOfWhiteSpace(text, start);
    }
}
