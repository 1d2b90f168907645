namespace FineTune.Datasets;

/// <summary>
/// Remembers examples by a 64-bit fingerprint and the line they stood in. Two different examples among two million share
/// one with a chance of one in ten million, and all that follows is a warning.
/// </summary>
internal sealed class SeenExamples(int most)
{
    private ulong[] _fingerprints = new ulong[1024];
    private int[] _lines = new int[1024];
    private int _count;

    /// <summary>How many are remembered; no more are taken once there are enough.</summary>
    public bool IsFull => _count >= most;

    /// <summary>The line of the same example seen before; 0 when this is the first.</summary>
    public int LineOf(ulong fingerprint, int line)
    {
        int slot = SlotOf(fingerprint);
        if (_lines[slot] != 0 || IsFull)
        {
            return _lines[slot];
        }

        (_fingerprints[slot], _lines[slot]) = (fingerprint, line);
        if (++_count > _lines.Length / 4 * 3)
        {
            Grow();
        }

        return 0;
    }

    private int SlotOf(ulong fingerprint)
    {
        int mask = _lines.Length - 1;
        int slot = (int)(fingerprint & (uint)mask);
        while (_lines[slot] != 0 && _fingerprints[slot] != fingerprint)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var (fingerprints, lines) = (_fingerprints, _lines);
        (_fingerprints, _lines) = (new ulong[fingerprints.Length * 2], new int[lines.Length * 2]);
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
