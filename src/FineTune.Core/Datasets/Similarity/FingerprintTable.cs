namespace FineTune.Datasets.Similarity;

/// <summary>
/// Remembers lines by a 64-bit fingerprint. Two different texts among a million share one with a chance of one in thirty million.
/// </summary>
/// <param name="most">Fingerprints remembered; each takes up to 15 bytes, twice that while the table grows.</param>
internal sealed class FingerprintTable(int most)
{
    private ulong[] _fingerprints = new ulong[1024];
    private int[] _lines = new int[1024];
    private int _count;

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => _count >= most;

    /// <summary>The line remembered; 0 when there is none.</summary>
    public int LineOf(ulong fingerprint) => _lines[SlotOf(fingerprint)];

    /// <summary>The line remembered; 0 when this is the first, which is remembered from now on.</summary>
    public int LineOfFirst(ulong fingerprint, int line)
    {
        int slot = SlotOf(fingerprint);
        if (_lines[slot] != 0 || IsFull)
        {
            return _lines[slot];
        }

        (_fingerprints[slot], _lines[slot]) = (fingerprint, line);
        if (++_count > _lines.Length / 5 * 4)
        {
            Grow();
        }

        return 0;
    }

    private int SlotOf(ulong fingerprint)
    {
        int slot = (int)Math.BigMul(fingerprint, (ulong)_lines.Length, out _);
        while (_lines[slot] != 0 && _fingerprints[slot] != fingerprint)
        {
            slot = slot + 1 == _lines.Length ? 0 : slot + 1;
        }

        return slot;
    }

    private void Grow()
    {
        var (fingerprints, lines) = (_fingerprints, _lines);
        int size = (int)Math.Min(lines.Length * 2L, Math.Max(lines.Length + 1024L, (most * 5L / 4) + 8));
        (_fingerprints, _lines) = (new ulong[size], new int[size]);
        for (int index = 0; index < lines.Length; index++)
        {
            if (lines[index] != 0)
            {
                int slot = SlotOf(fingerprints[index]);
                (_fingerprints[slot], _lines[slot]) = (fingerprints[index], lines[index]);
            }
        }
    }
}
