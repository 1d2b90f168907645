namespace FineTune.Datasets.Similarity;

/// <summary>
/// Remembers texts by their sketches and finds one that is nearly the same. Two texts that share nine tenths of their word
/// groups are found nearly nine times in ten, identical ones always, those that share less than two thirds hardly ever. New texts
/// push old ones out of single slots: in a table that is full, identical ones are found 96 times in a hundred.
/// </summary>
/// <param name="most">Texts remembered; each takes 36 bytes.</param>
internal sealed class SketchTable(int most)
{
    /// <summary>How many figures of two sketches must be the same: about five sixths of their word groups.</summary>
    public const int Enough = 27;

    // In chunks, so that growing leaves nothing behind to be collected.
    private const int ChunkSize = 4096;

    private readonly TableSize _size = new((long)most * Sketch.Bands);
    private readonly List<(Sketch[] Sketches, int[] Lines)> _chunks = [];

    // A slot holds a text's number from 1 on, and in the bits above it some of the band's own, so that a text is rarely looked at in vain.
    private readonly int _numberBits = 32 - int.LeadingZeroCount(most);
    private uint[] _slots = [];
    private int _count;

    /// <summary>The line of a text nearly the same, and how many figures they share; line 0 when there is none.</summary>
    public (int Line, int Shared) Find(Sketch sketch)
    {
        (int Line, int Shared) best = default;
        for (int band = 0; band < Sketch.Bands && _count > 0; band++)
        {
            int candidate = NumberAt(HashOf(sketch, band)) - 1;
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

        if (_count * (long)Sketch.Bands >= _slots.Length)
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

    /// <summary>Has the processor fetch what looking up a sketch needs; the result means nothing.</summary>
    public ulong Fetch(Sketch sketch)
    {
        ulong fetched = 0;
        for (int band = 0; band < Sketch.Bands && _count > 0; band++)
        {
            fetched += _slots[SlotOf(HashOf(sketch, band))];
        }

        return fetched;
    }

    private static ulong HashOf(Sketch sketch, int band) => (sketch.Band(band) + ((ulong)band << 32)) * 0xD6E8_FEB8_6659_FD93;

    private Sketch SketchOf(int index) => _chunks[index / ChunkSize].Sketches[index % ChunkSize];

    private int SlotOf(ulong hash) => (int)Math.BigMul(hash, (ulong)_slots.Length, out _);

    /// <summary>The bits of a hash a slot holds beside a number: the slot itself follows from the hash's other end.</summary>
    private uint BitsOf(ulong hash) => (uint)hash << _numberBits;

    /// <summary>The number of the text that has entered last with such a hash; 0 when there is none.</summary>
    private int NumberAt(ulong hash)
    {
        uint slot = _slots[SlotOf(hash)] ^ BitsOf(hash);
        return slot >> _numberBits == 0 ? (int)slot : 0;
    }

    // The newest takes the slot: texts alike mostly stand close together.
    private void Enter(int index)
    {
        var sketch = SketchOf(index);
        for (int band = 0; band < Sketch.Bands; band++)
        {
            ulong hash = HashOf(sketch, band);
            _slots[SlotOf(hash)] = BitsOf(hash) | (uint)(index + 1);
        }
    }

    private void Grow()
    {
        _slots = new uint[_size.After(_slots.Length)];
        for (int index = 0; index < _count; index++)
        {
            Enter(index);
        }
    }
}
