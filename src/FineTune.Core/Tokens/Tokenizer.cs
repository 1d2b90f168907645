using System.Buffers;

namespace FineTune.Tokens;

/// <summary>Counts and encodes valid UTF-8 with one vocabulary; the split pattern is fixed by the derived type so that it compiles into the loop.</summary>
internal abstract class Tokenizer
{
    public abstract int Count(ReadOnlySpan<byte> text);

    public abstract void Encode(ReadOnlySpan<byte> text, IBufferWriter<int> tokens);
}

/// <inheritdoc />
internal sealed class Tokenizer<TPattern>(Vocabulary vocabulary) : Tokenizer
    where TPattern : struct, ISplitPattern
{
    // A pattern belongs to one vocabulary, so that a memo per pattern and thread never mixes two.
    [ThreadStatic]
    private static PieceMemo? _memo;

    public override int Count(ReadOnlySpan<byte> text)
    {
        var memo = _memo ??= new PieceMemo();
        int count = 0;
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = TPattern.EndOfPiece(text, start);
            int length = end - start;
            count += length <= PieceMemo.LongestPiece && start + PieceMemo.Window <= text.Length
                ? CountShortPiece(memo, text[start..], length)
                : CountPiece(text.Slice(start, length));
        }

        return count;
    }

    private int CountShortPiece(PieceMemo memo, ReadOnlySpan<byte> text, int length)
    {
        var key = PieceMemo.KeyOf(text, length);
        int count = memo.Find(key);
        if (count == 0)
        {
            count = CountPiece(text[..length]);
            memo.Remember(key, count);
        }

        return count;
    }

    public override void Encode(ReadOnlySpan<byte> text, IBufferWriter<int> tokens)
    {
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = TPattern.EndOfPiece(text, start);
            int count = PieceMerge.Merge(vocabulary, text[start..end], tokens.GetSpan(end - start));
            tokens.Advance(count);
        }
    }

    private int CountPiece(ReadOnlySpan<byte> piece)
    {
        if (piece.Length <= PieceMerge.ShortPiece)
        {
            Span<int> few = stackalloc int[PieceMerge.ShortPiece];
            return PieceMerge.Merge(vocabulary, piece, few);
        }

        int[] tokens = ArrayPool<int>.Shared.Rent(piece.Length);
        try
        {
            return PieceMerge.Merge(vocabulary, piece, tokens);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(tokens);
        }
    }
}
