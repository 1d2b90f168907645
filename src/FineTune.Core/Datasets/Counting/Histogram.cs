namespace FineTune.Datasets.Counting;

/// <summary>Counts figures by range; the ranges are fixed, so that histograms of parts add up.</summary>
/// <param name="ends">The last figure of each range but the open one after them, ascending.</param>
internal sealed class Histogram(long[] ends)
{
    private const int BarsAtMost = 24;

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

    /// <summary>From the first range that counted something to the last; where these are too many to draw, neighbours share a bar.</summary>
    public IReadOnlyList<HistogramBar> Bars()
    {
        int first = Array.FindIndex(_counts, count => count > 0);
        int last = Array.FindLastIndex(_counts, count => count > 0);
        if (first < 0)
        {
            return [];
        }

        int width = 1;
        while ((last / width) - (first / width) >= BarsAtMost)
        {
            width *= 2;
        }

        return [.. Enumerable.Range(first / width, (last / width) - (first / width) + 1).Select(bar => Bar(bar * width, (bar + 1) * width))];
    }

    private HistogramBar Bar(int first, int next) => new(
        first == 0 ? 0 : ends[first - 1] + 1,
        next <= ends.Length ? ends[next - 1] : null,
        _counts[first..Math.Min(next, _counts.Length)].Sum());
}
