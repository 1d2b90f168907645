using System.Text;
using FineTune.Datasets.Dedupe;
using FsCheck.Fluent;

namespace FineTune.Core.Tests.Datasets.Dedupe;

public sealed class DedupeTests
{
    private const string Template = "You are the support assistant of a large shop for lamps and lights and must always answer in one short sentence. The question is: ";

    [Fact]
    public async Task Dedupe_KeepsTheFirstAndNamesTheLines_WhenExamplesAreTheSameButForTheirWriting()
    {
        var (lines, report) = await OfAsync("""
            {"prompt": "a", "completion": "é"}
            {"prompt": "b", "completion": "c"}
            {"prompt":"a","completion":"\u00e9"}

            {"completion": "é", "prompt": "a"}
            {"prompt": "b", "completion": "c"}
            """);

        Assert.Equal(["""{"prompt": "a", "completion": "é"}""", """{"prompt": "b", "completion": "c"}""", """{"completion": "é", "prompt": "a"}"""], lines);
        Assert.Equal([(3, 1), (6, 2)], report.Dropped.Select(dropped => (dropped.Line, dropped.LikeLine)));
        Assert.Equal((5, 3, 2, 0), (report.Examples, report.Kept, report.Same, report.Near));
    }

    [Fact]
    public async Task Dedupe_DropsWhatIsLikeEnough_WhenAskedForNearDuplicates()
    {
        string text = Chat("How do I switch the tall reading lamp in the corner on without the cable, please?") + Chat("Which bulb fits the blue one by the door?")
            + Chat("how do I switch the tall reading lamp in the corner on, without the cable please");

        var (lines, report) = await OfAsync(text, near: 0.8);

        Assert.Equal(2, lines.Length);
        var dropped = Assert.Single(report.Dropped);
        Assert.Equal((3, 1), (dropped.Line, dropped.LikeLine));
        Assert.InRange(dropped.Likeness, 0.8, 1);
    }

    [Fact]
    public async Task Dedupe_KeepsExamplesOfOneTemplate_WhenOnlyTheTemplateIsAlike()
    {
        string text = string.Concat(Enumerable.Range(0, 60).Select(number => Chat($"{Template} word{number} other{number} third{number}")));

        var (lines, _) = await OfAsync(text, near: 0.7);

        Assert.Equal(60, lines.Length);
    }

    [Fact]
    public async Task Dedupe_FindsNearlyAllPairs_WhenOneWordInSixtyDiffers()
    {
        Random random = new(1);
        string[][] first = [.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 60).Select(_ => $"w{random.Next(5_000)}").ToArray())];
        var second = first.Select(words => words.Select((word, place) => place == 30 ? "changed" : word).ToArray());
        string text = string.Concat(first.Concat(second).Select(words => Chat(string.Join(' ', words))));

        var (_, report) = await OfAsync(text, near: 0.85);

        Assert.InRange(report.Near, 290, 300);
        Assert.All(report.Dropped, dropped => Assert.Equal(dropped.Line - 300, dropped.LikeLine));
    }

    [Fact]
    public void Dedupe_LeavesNothingToDrop_WhenItsOutputIsDedupedAgain()
    {
        var lines = Gen.Choose(0, 5).Select(number => $$"""{"a": {{number}}}""" + "\n").ListOf().Select(string.Concat);

        Law.Holds(lines, text => Of(text) is var once && once.Order().SequenceEqual(Of(string.Join('\n', once)).Order()) && once.Distinct().Count() == once.Length);
    }

    [Fact]
    public async Task Dedupe_SaysSo_WhenThereAreMoreExamplesThanAreRemembered()
    {
        using MemoryStream output = new();
        byte[] bytes = Encoding.UTF8.GetBytes(Inspection.GoodLines(5));

        var report = await new DatasetDedupe(new DedupeOptions { MostExamples = 3 }).RunAsync(() => new MemoryStream(bytes), output, TestContext.Current.CancellationToken);

        Assert.Equal((5, 5, false), (report.Examples, report.Kept, report.ComparedAll));
    }

    private static string[] Of(string text) => OfAsync(text).GetAwaiter().GetResult().Lines;

    private static async Task<(string[] Lines, DedupeReport Report)> OfAsync(string text, double? near = null)
    {
        using MemoryStream output = new();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var report = await new DatasetDedupe(new DedupeOptions { Near = near }).RunAsync(() => new MemoryStream(bytes), output, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), report);
    }

    private static string Chat(string question)
        => $$"""{"messages": [{"role": "system", "content": "You help."}, {"role": "user", "content": "{{question}}"}, {"role": "assistant", "content": "Yes."}]}""" + "\n";
}
