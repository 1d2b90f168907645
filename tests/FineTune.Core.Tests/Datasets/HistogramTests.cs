using FineTune.Datasets.Counting;

namespace FineTune.Core.Tests.Datasets;

/// <summary>Histograms: nothing is lost or moved, and few bars are drawn however far the figures spread.</summary>
public sealed class HistogramTests
{
    [Fact]
    public void Bars_SpanTheFiguresThatWereSeen_WithTheEmptyOnesBetween()
    {
        Histogram histogram = Of([10, 20, 30, 40], 11, 12, 35);

        Assert.Equal([new HistogramBar(11, 20, 2), new HistogramBar(21, 30, 0), new HistogramBar(31, 40, 1)], histogram.Bars());
    }

    [Fact]
    public void Bars_AreOpenAtTheEnd_WhereAFigureIsBeyondTheLastRange()
        => Assert.Equal([new HistogramBar(21, null, 1)], Of([10, 20], 1_000).Bars());

    [Fact]
    public void Bars_AreNone_WhenNothingWasCounted() => Assert.Empty(Of([10]).Bars());

    [Theory]
    [InlineData(1, 24, 24)]
    [InlineData(1, 25, 13)]
    [InlineData(5, 100, 24)]
    [InlineData(1, 1_000, 16)]
    public void Bars_AreNeverMoreThanCanBeDrawn_AndCountEveryFigureOnce(int first, int last, int bars)
    {
        long[] figures = [.. Enumerable.Range(first, last - first + 1)];

        IReadOnlyList<HistogramBar> drawn = Of([.. Enumerable.Range(1, 2_000)], figures).Bars();

        Assert.Equal(bars, drawn.Count);
        Assert.All(drawn, bar => Assert.Equal(figures.Count(figure => figure >= bar.From && figure <= bar.To), bar.Examples));
        Assert.All(drawn.Zip(drawn.Skip(1)), pair => Assert.Equal(pair.First.To + 1, pair.Second.From));
    }

    [Fact]
    public void Add_IsTheHistogramOfAllFigures_WhenPartsWereCountedApart()
    {
        Histogram one = Of([10, 20, 30], 5, 15);

        one.Add(Of([10, 20, 30], 15, 25));

        Assert.Equal(Of([10, 20, 30], 5, 15, 15, 25).Bars(), one.Bars());
    }

    private static Histogram Of(long[] ends, params long[] figures)
    {
        Histogram histogram = new(ends);
        Array.ForEach(figures, histogram.Take);
        return histogram;
    }
}
