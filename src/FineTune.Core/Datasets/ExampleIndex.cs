namespace FineTune.Datasets;

/// <summary>
/// Remembers examples by a 64-bit fingerprint and the line they stood in. Two different examples among two million share
/// one with a chance of one in ten million, and all that follows is a warning. For one inspection at a time.
/// </summary>
/// <param name="most">Examples remembered; each takes up to 24 bytes.</param>
public sealed class ExampleIndex(int most = ExampleIndex.Most)
{
    /// <summary>Examples remembered unless said otherwise.</summary>
    public const int Most = 2_000_000;

    private ulong[] _fingerprints = new ulong[1024];
    private int[] _lines = new int[1024];
    private int _count;

    /// <summary>How many are remembered; no more are taken once there are enough.</summary>
    internal bool IsFull => _count >= most;

    internal int Limit => most;

    /// <summary>The line of the example in the dataset indexed; 0 when it is not there.</summary>
    internal int LineOf(ulong fingerprint) => _lines[SlotOf(fingerprint)];

    /// <summary>The line of the same example seen before; 0 when this is the first, which is remembered.</summary>
    internal int LineOfFirst(ulong fingerprint, int line)
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
