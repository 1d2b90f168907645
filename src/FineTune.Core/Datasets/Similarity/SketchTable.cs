namespace FineTune.Datasets.Similarity;

/// <summary>
/// Remembers texts by their sketches and finds one that is nearly the same. Two texts that share nine tenths of their word
/// groups are found nearly nine times in ten, identical ones always, those that share less than two thirds hardly ever.
/// </summary>
/// <param name="most">Texts remembered; each takes 36 bytes.</param>
internal sealed class SketchTable(int most)
{
    /// <summary>How many figures of two sketches must be the same: about five sixths of their word groups.</summary>
    public const int Enough = 27;

    // In chunks, so that growing leaves nothing behind to be collected.
    private const int ChunkSize = 4096;

    private readonly List<(Sketch[] Sketches, int[] Lines)> _chunks = [];
    private int[] _slots = new int[256 * Sketch.Bands];
    private int _count;

    /// <summary>The line of a text nearly the same, and how many figures they share; line 0 when there is none.</summary>
    public (int Line, int Shared) Find(Sketch sketch)
    {
        (int Line, int Shared) best = default;
        for (int band = 0; band < Sketch.Bands; band++)
        {
            int candidate = _slots[SlotOf(sketch, band)] - 1;
            if (candidate >= 0 && SketchOf(candidate).Shared(sketch) is >= Enough and var shared && shared > best.Shared)
            {
                best = (_chunks[candidate / ChunkSize].Lines[candidate % ChunkSize], shared);
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

        if (_count * Sketch.Bands == _slots.Length)
        {
            Grow();
        }

        if (_count % ChunkSize == 0)
        {
            _chunks.Add((new Sketch[ChunkSize], new int[ChunkSize]));
        }

        var (sketches, lines) = _chunks[^1];
        (sketches[_count % ChunkSize], lines[_count % ChunkSize]) = (sketch, line);
        Enter(_count++);
    }

    private Sketch SketchOf(int index) => _chunks[index / ChunkSize].Sketches[index % ChunkSize];

    // The newest takes the slot: texts alike mostly stand close together.
    private void Enter(int index)
    {
        for (int band = 0; band < Sketch.Bands; band++)
        {
            _slots[SlotOf(SketchOf(index), band)] = index + 1;
        }
    }

    private int SlotOf(Sketch sketch, int band)
    {
        ulong hash = (sketch.Band(band) + ((ulong)band << 32)) * 0xD6E8_FEB8_6659_FD93;
        return (int)Math.BigMul(hash, (ulong)_slots.Length, out _);
    }

    private void Grow()
    {
        long wanted = _count * 2L * Sketch.Bands;
        _slots = new int[Math.Min(wanted, Math.Max((long)most, _count + 1L) * Sketch.Bands)];
        for (int index = 0; index < _count; index++)
        {
            Enter(index);
        }
    }
}
