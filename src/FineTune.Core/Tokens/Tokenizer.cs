using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>From the last piece that begins in a window a key must be readable.</summary>
    private const int Window = AsciiWindow.Size + PieceMemo.Window;

    public override int Count(ReadOnlySpan<byte> text)
    {
        var memo = _memo ??= new PieceMemo();
        int start = 0;
        int count = CountPieces(memo, text, text, ref start);

        // The last bytes, which end too close to the text's end for a whole window, are counted where zeros follow them.
        Span<byte> readable = stackalloc byte[2 * Window];
        text[start..].CopyTo(readable);
        var rest = readable[..(text.Length - start)];
        start = 0;
        return count + CountPieces(memo, rest, readable, ref start);
    }

    /// <summary>Counts the pieces of the text from which a whole window is readable, and moves <paramref name="start"/> past them.</summary>
    private int CountPieces(PieceMemo memo, ReadOnlySpan<byte> text, ReadOnlySpan<byte> readable, ref int start)
    {
        int count = 0, at = start;
        while (at < text.Length && at + Window <= readable.Length)
        {
            ref readonly byte window = ref Unsafe.Add(ref MemoryMarshal.GetReference(readable), at);
            ulong starts = AsciiWindow.PieceStarts(in window, text.Length - at, TPattern.WordsEndBeforeUpper);
            if (starts == 0)
            {
                int end = TPattern.EndOfPiece(text, at);
                count += CountPiece(memo, readable[at..], end - at);
                at = end;
                continue;
            }

            int from = at;
            for (; starts != 0; starts &= starts - 1)
            {
                int to = at + BitOperations.TrailingZeroCount(starts);
                count += CountPiece(memo, readable[from..], to - from);
                from = to;
            }

            at = from;
        }

        start = at;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountPiece(PieceMemo memo, ReadOnlySpan<byte> readable, int length)
    {
        if (length > ShortPieceMemo.LongestPiece)
        {
            return length <= PieceMemo.LongestPiece ? CountLonger(memo, readable, length) : CountPiece(readable[..length]);
        }

        ulong key = ShortPieceMemo.KeyOf(MemoryMarshal.Read<ulong>(readable), length);
        int known = memo.Short.Find(key);
        return known != 0 ? known : CountShort(memo, key, readable, length);
    }

    private int CountShort(PieceMemo memo, ulong key, ReadOnlySpan<byte> readable, int length)
    {
        int count = CountLonger(memo, readable, length);
        memo.Short.Remember(key, count);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountLonger(PieceMemo memo, ReadOnlySpan<byte> readable, int length)
    {
        var key = PieceMemo.KeyOf(readable, length);
        int known = memo.Find(key);
        return known != 0 ? known : CountNew(memo, key, readable[..length]);
    }

    private int CountNew(PieceMemo memo, Vector128<byte> key, ReadOnlySpan<byte> piece)
    {
        int count = CountPiece(piece);
        memo.Remember(key, count);
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
