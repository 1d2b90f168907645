namespace FineTune.Datasets.Similarity;

/// <summary>
/// Remembers lines by a 64-bit fingerprint. Two different texts among a million share one with a chance of one in thirty million.
/// </summary>
/// <param name="most">Fingerprints remembered; each takes up to 15 bytes, an eighth more for a moment while the table grows.</param>
internal sealed class FingerprintTable(int most)
{
    private readonly TableSize _size = new((most * 5L / 4) + 8);
    private ulong[] _fingerprints = [];
    private int[] _lines = [];
    private int _count;

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => _count >= most;

    /// <summary>The line remembered; 0 when there is none.</summary>
    public int LineOf(ulong fingerprint) => _count == 0 ? 0 : LineAt(SlotOf(Key(fingerprint)));

    /// <summary>The line remembered; 0 when this is the first, which is remembered from now on.</summary>
    public int LineOfFirst(ulong fingerprint, int line)
    {
        if (_count >= _lines.Length / 5 * 4 && !IsFull)
        {
            Grow();
        }

        ulong key = Key(fingerprint);
        int slot = SlotOf(key);
        if (_fingerprints[slot] != 0 || IsFull)
        {
            return LineAt(slot);
        }

        (_fingerprints[slot], _lines[slot]) = (key, line);
        _count++;
        return 0;
    }

    /// <summary>Has the processor fetch what looking up a fingerprint needs; the result means nothing.</summary>
    public ulong Fetch(ulong fingerprint) => _count == 0 ? 0 : _fingerprints[HomeOf(Key(fingerprint))];

    // Zero is a free slot.
    private static ulong Key(ulong fingerprint) => Math.Max(fingerprint, 1);

    private int LineAt(int slot) => _fingerprints[slot] == 0 ? 0 : _lines[slot];

    private int HomeOf(ulong key) => (int)Math.BigMul(key, (ulong)_fingerprints.Length, out _);

    private int SlotOf(ulong key)
    {
        int slot = HomeOf(key);
        while (_fingerprints[slot] != 0 && _fingerprints[slot] != key)
        {
            slot = slot + 1 == _fingerprints.Length ? 0 : slot + 1;
        }

        return slot;
    }

    private void Grow()
    {
        var (fingerprints, lines) = (_fingerprints, _lines);
        int size = _size.After(lines.Length);
        (_fingerprints, _lines) = (new ulong[size], new int[size]);
        for (int index = 0; index < lines.Length; index++)
        {
            if (fingerprints[index] != 0)
            {
                int slot = SlotOf(fingerprints[index]);
                (_fingerprints[slot], _lines[slot]) = (fingerprints[index], lines[index]);
            }
        }
    }
}
