namespace FineTune.Datasets.Similarity;

/// <summary>
/// Remembers texts by their sketches and finds one that is nearly the same. Two texts that share nine tenths of their word
/// groups are found nearly nine times in ten, identical ones always, those that share less than two thirds hardly ever.
/// </summary>
/// <param name="most">Texts remembered; each takes 36 to 52 bytes, half as much again while the table grows.</param>
internal sealed class SketchTable(int most)
{
    /// <summary>How many figures of two sketches must be the same: about five sixths of their word groups.</summary>
    public const int Enough = 27;

    private Sketch[] _sketches = new Sketch[256];
    private int[] _lines = new int[256];
    private int[] _slots = new int[256 * Sketch.Bands];
    private int _count;

    /// <summary>The line of a text nearly the same, and how many figures they share; line 0 when there is none.</summary>
    public (int Line, int Shared) Find(Sketch sketch)
    {
        (int Line, int Shared) best = default;
        for (int band = 0; band < Sketch.Bands; band++)
        {
            int candidate = _slots[SlotOf(sketch, band)] - 1;
            if (candidate >= 0 && _sketches[candidate].Shared(sketch) is >= Enough and var shared && shared > best.Shared)
            {
                best = (_lines[candidate], shared);
            }
        }

        return best;
    }

    /// <summary>Remembers one more text, unless there are enough.</summary>
    public void Add(Sketch sketch, int line)
    {
        if (_count >= most)
        {
            return;
        }

        if (_count == _sketches.Length)
        {
            Grow();
        }

        (_sketches[_count], _lines[_count]) = (sketch, line);
        Enter(_count++);
    }

    // The newest takes the slot: texts alike mostly stand close together.
    private void Enter(int index)
    {
        for (int band = 0; band < Sketch.Bands; band++)
        {
            _slots[SlotOf(_sketches[index], band)] = index + 1;
        }
    }

    private int SlotOf(Sketch sketch, int band)
    {
        ulong hash = (sketch.Band(band) + ((ulong)band << 32)) * 0xD6E8_FEB8_6659_FD93;
        return (int)Math.BigMul(hash, (ulong)_slots.Length, out _);
    }

    private void Grow()
    {
        int size = Math.Min(_sketches.Length * 2, Math.Max(most, _sketches.Length + 1));
        Array.Resize(ref _sketches, size);
        Array.Resize(ref _lines, size);
        _slots = new int[size * Sketch.Bands];
        for (int index = 0; index < _count; index++)
        {
            Enter(index);
        }
    }
}
