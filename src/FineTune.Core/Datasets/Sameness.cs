namespace FineTune.Datasets;

/// <summary>Whether something is the same in all examples, and otherwise where it first is not.</summary>
internal sealed class Sameness
{
    private ulong _first;
    private int _firstLine;

    /// <summary>Examples that have it.</summary>
    public long Count { get; private set; }

    /// <summary>The first line where it differs from the first example that has it; 0 when there is none.</summary>
    public int DiffersInLine { get; private set; }

    public bool IsSame => Count > 1 && DiffersInLine == 0;

    public void Clear() => (_first, _firstLine, Count, DiffersInLine) = (0, 0, 0, 0);

    /// <param name="fingerprint">Of what is compared.</param>
    public void Take(ulong fingerprint, int line) => Take(fingerprint, line, count: 1, differsInLine: 0);

    /// <summary>Takes all that another has seen, in later lines.</summary>
    public void Add(Sameness later)
    {
        if (later.Count > 0)
        {
            Take(later._first, later._firstLine, later.Count, later.DiffersInLine);
        }
    }

    private void Take(ulong fingerprint, int line, long count, int differsInLine)
    {
        (_first, _firstLine) = Count == 0 ? (fingerprint, line) : (_first, _firstLine);
        if (DiffersInLine == 0)
        {
            DiffersInLine = fingerprint != _first ? line : differsInLine;
        }

        Count += count;
    }
}
