using System.Buffers;

namespace FineTune.Tokens;

/// <summary>
/// Merges a piece of any length in O(n log n), with a heap of candidate merges. About 28 bytes of pooled memory a byte of the
/// piece: a piece this long is a run without a break (base64, a ruler of dashes), not a text.
/// </summary>
internal ref struct LongPieceMerge
{
    private const int Gone = -1;

    private readonly Vocabulary _vocabulary;
    private readonly Span<int> _tokens;
    private readonly Span<int> _next;
    private readonly Span<int> _previous;
    private MergeHeap _heap;

    private LongPieceMerge(Vocabulary vocabulary, Span<int> tokens, Span<int> next, Span<int> previous, Span<ulong> heap)
    {
        _vocabulary = vocabulary;
        _tokens = tokens;
        _next = next;
        _previous = previous;
        _heap = new MergeHeap(heap);
    }

    public static int Merge(Vocabulary vocabulary, ReadOnlySpan<byte> piece, Span<int> tokens)
    {
        int[] links = ArrayPool<int>.Shared.Rent(2 * piece.Length);
        ulong[] heap = ArrayPool<ulong>.Shared.Rent(2 * piece.Length);
        try
        {
            tokens = tokens[..piece.Length];
            var merge = new LongPieceMerge(
                vocabulary, tokens, links.AsSpan(0, piece.Length), links.AsSpan(piece.Length, piece.Length), heap);
            merge.Start(piece);
            merge.MergeAll();
            return Compact(tokens);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(links);
            ArrayPool<ulong>.Shared.Return(heap);
        }
    }

    private void Start(ReadOnlySpan<byte> piece)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            _tokens[i] = _vocabulary.OfByte(piece[i]);
            _previous[i] = i - 1;
            _next[i] = i + 1;
        }

        // Backwards, so that equal candidates arrive with the leftmost last, at the top.
        for (int i = piece.Length - 2; i >= 0; i--)
        {
            Propose(i);
        }
    }

    private void MergeAll()
    {
        while (_heap.TryPop(out int merged, out int at))
        {
            int right = _tokens[at] == Gone ? _next.Length : _next[at];
            if (right < _next.Length && _vocabulary.Merge(_tokens[at], _tokens[right]) == merged)
            {
                Join(at, right, merged);
            }
        }
    }

    private void Join(int at, int right, int merged)
    {
        int after = _next[right];
        _tokens[at] = merged;
        _tokens[right] = Gone;
        _next[at] = after;
        if (after < _next.Length)
        {
            _previous[after] = at;
            Propose(at);
        }

        if (_previous[at] >= 0)
        {
            Propose(_previous[at]);
        }
    }

    private void Propose(int at)
    {
        int merged = _vocabulary.Merge(_tokens[at], _tokens[_next[at]]);
        if (merged != Vocabulary.None)
        {
            _heap.Push(merged, at);
        }
    }

    private static int Compact(Span<int> tokens)
    {
        int count = 0;
        foreach (int token in tokens)
        {
            if (token != Gone)
            {
                tokens[count++] = token;
            }
        }

        return count;
    }
}
