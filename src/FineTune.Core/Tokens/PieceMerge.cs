namespace FineTune.Tokens;

/// <summary>Byte pair encoding of one piece: the neighbours that make the lowest token merge first, the leftmost of equals before the others.</summary>
internal static class PieceMerge
{
    /// <summary>Above this length a piece is merged with a heap: slower for words, but not quadratic.</summary>
    public const int ShortPiece = 128;

    /// <summary>Writes the piece's tokens to <paramref name="tokens"/>, which holds at least as many as the piece has bytes, and returns their number.</summary>
    public static int Merge(Vocabulary vocabulary, ReadOnlySpan<byte> piece, Span<int> tokens)
        => piece.Length <= ShortPiece ? MergeShort(vocabulary, piece, tokens) : LongPieceMerge.Merge(vocabulary, piece, tokens);

    private static int MergeShort(Vocabulary vocabulary, ReadOnlySpan<byte> piece, Span<int> tokens)
    {
        int count = piece.Length;
        Span<int> merged = stackalloc int[ShortPiece];
        Start(vocabulary, piece, tokens, merged);
        for (int at = Lowest(merged[..(count - 1)]); at >= 0; at = Lowest(merged[..(count - 1)]))
        {
            tokens[at] = merged[at];
            tokens[(at + 2)..count].CopyTo(tokens[(at + 1)..]);
            merged[(at + 1)..count].CopyTo(merged[at..]);
            count--;
            if (at > 0)
            {
                merged[at - 1] = vocabulary.Merge(tokens[at - 1], tokens[at]);
            }

            if (at + 1 < count)
            {
                merged[at] = vocabulary.Merge(tokens[at], tokens[at + 1]);
            }
        }

        return count;
    }

    /// <summary>One token a byte, and for each what it and its right neighbour would become.</summary>
    private static void Start(Vocabulary vocabulary, ReadOnlySpan<byte> piece, Span<int> tokens, Span<int> merged)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            tokens[i] = vocabulary.OfByte(piece[i]);
        }

        for (int i = 0; i + 1 < piece.Length; i++)
        {
            merged[i] = vocabulary.MergeBytes(piece[i], piece[i + 1]);
        }
    }

    private static int Lowest(ReadOnlySpan<int> merged)
    {
        int lowest = Vocabulary.None, at = -1;
        for (int i = 0; i < merged.Length; i++)
        {
            if (merged[i] < lowest)
            {
                lowest = merged[i];
                at = i;
            }
        }

        return at;
    }
}
