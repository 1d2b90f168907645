namespace FineTune.Tokens;

/// <summary>A binary heap of merges over borrowed memory: the lowest token first, then the leftmost place.</summary>
internal ref struct MergeHeap(Span<ulong> items)
{
    private readonly Span<ulong> _items = items;
    private int _count;

    public void Push(int merged, int at)
    {
        ulong item = (ulong)(uint)merged << 32 | (uint)at;
        int hole = _count++;
        while (hole > 0 && _items[(hole - 1) / 2] > item)
        {
            _items[hole] = _items[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }

        _items[hole] = item;
    }

    public bool TryPop(out int merged, out int at)
    {
        if (_count == 0)
        {
            merged = at = 0;
            return false;
        }

        ulong top = _items[0];
        SinkFromTop(_items[--_count]);
        merged = (int)(top >> 32);
        at = (int)(uint)top;
        return true;
    }

    private void SinkFromTop(ulong item)
    {
        int hole = 0;
        for (int child = 1; child < _count; child = 2 * hole + 1)
        {
            if (child + 1 < _count && _items[child + 1] < _items[child])
            {
                child++;
            }

            if (_items[child] >= item)
            {
                break;
            }

            _items[hole] = _items[child];
            hole = child;
        }

        _items[hole] = item;
    }
}
