namespace FineTune.Datasets.Counting;

/// <summary>Counts figures by range; the ranges are fixed, so that histograms of parts add up.</summary>
/// <param name="ends">The last figure of each bar but the open one after them, ascending.</param>
internal sealed class Histogram(long[] ends)
{
    private readonly long[] _counts = new long[ends.Length + 1];

    public void Clear() => Array.Clear(_counts);

    public void Take(long figure)
    {
        int index = Array.BinarySearch(ends, figure);
        _counts[index < 0 ? ~index : index]++;
    }

    public void Add(Histogram other)
    {
        for (int index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }
    }

    /// <summary>From the first bar that counted something to the last.</summary>
    public IReadOnlyList<HistogramBar> Bars()
    {
        int first = Array.FindIndex(_counts, count => count > 0);
        int last = Array.FindLastIndex(_counts, count => count > 0);
        return first < 0 ? [] : [.. Enumerable.Range(first, last - first + 1).Select(Bar)];
    }

    private HistogramBar Bar(int index)
        => new(index == 0 ? 0 : ends[index - 1] + 1, index < ends.Length ? ends[index] : null, _counts[index]);
}
