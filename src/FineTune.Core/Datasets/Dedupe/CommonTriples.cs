namespace FineTune.Datasets.Dedupe;

/// <summary>
/// Tells what stands in more than a tenth of the examples: the frame a template puts around every one, which says nothing about
/// whether two are alike. Counts in a table of fixed size, where different triples may share a place: a few too many are left out.
/// </summary>
internal sealed class CommonTriples
{
    private const int Places = 1 << 22;
    private const int LeastExamples = 20;

    private readonly int[] _counts = new int[Places];
    private int _examples;

    public void Count(ReadOnlySpan<ulong> triples)
    {
        _examples++;
        foreach (ulong triple in triples)
        {
            _counts[triple % Places]++;
        }
    }

    /// <summary>Moves what is not common to the front and returns it.</summary>
    public ReadOnlySpan<ulong> LeaveOut(Span<ulong> triples)
    {
        int most = Math.Max(LeastExamples, _examples / 10);
        int kept = 0;
        foreach (ulong triple in triples)
        {
            if (_counts[triple % Places] <= most)
            {
                triples[kept++] = triple;
            }
        }

        return triples[..kept];
    }
}
