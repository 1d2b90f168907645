using System.Globalization;
using System.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Split;
using FsCheck.Fluent;

namespace FineTune.Core.Tests.Datasets.Split;

public sealed class SplitTests
{
    [Fact]
    public async Task Split_GivesEverySideItsShare_WhenNothingBelongsTogether()
    {
        var (report, sides) = await OfAsync(Inspection.GoodLines(1_000), new SplitOptions { Validation = new(0.2), Test = new(50) });

        Assert.Equal((750, 200, 50), (report.Train, report.Validation, report.Test));
        Assert.Equal((750, 200, 50), (sides[0].Length, sides[1].Length, sides[2].Length));
    }

    [Fact]
    public async Task Split_ChoosesTheSameLines_OnEveryMachineAndInEveryVersion()
    {
        var (_, sides) = await OfAsync(Inspection.GoodLines(40), new SplitOptions());
        var (_, others) = await OfAsync(Inspection.GoodLines(40), new SplitOptions { Seed = 7 });

        Assert.Equal(PinnedOfSeed42, Numbers(sides[1]));
        Assert.NotEqual(PinnedOfSeed42, Numbers(others[1]));
    }

    // Changing them would move examples from one side to the other for whoever splits again.
    private static readonly int[] PinnedOfSeed42 = [14, 21, 35, 40];

    [Fact]
    public async Task Split_PutsEveryLabelOnEverySide_WhenStratifiedByAnswer()
    {
        string lines = string.Concat(Enumerable.Range(0, 300).Select(number => Label(number, number % 10 == 0 ? "rare" : "frequent")));

        var (_, sides) = await OfAsync(lines, new SplitOptions { Validation = new(0.2), Test = new(0.1), StratifyBy = "answer" });

        Assert.Equal([21, 6, 3], sides.Select(side => side.Count(line => line.Contains("rare", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Split_KeepsACustomerTogetherAndLeavesTheNoteOut_WhenGroupedByAField()
    {
        string lines = string.Concat(Enumerable.Range(0, 200).Select(number => Noted(number, customer: number % 20)));

        var (report, sides) = await OfAsync(lines, new SplitOptions { Validation = new(0.2), GroupBy = "customer" });

        Assert.Equal((20, 10, 40), (report.Groups, report.LargestGroup, report.Validation));
        Assert.DoesNotContain(sides[0].Concat(sides[1]), line => line.Contains("customer", StringComparison.Ordinal));
        Assert.Empty(sides[0].Select(Customer).Intersect(sides[1].Select(Customer)));
    }

    /// <summary>What is asked is all there is, and what stands beside it is the grader's.</summary>
    [Fact]
    public async Task Split_KeepsPromptsApartAndWhole_WhenTheyAreForReinforcement()
    {
        string lines = string.Concat(Enumerable.Range(0, 40).Select(
            number => $$"""{"messages": [{"role": "user", "content": "What is {{number}}?"}], "answer": "{{number % 4}}"}""" + "\n"));

        var (byPrompt, _) = await OfAsync(lines, new SplitOptions { Validation = new(0.25) });
        var (byAnswer, sides) = await OfAsync(lines, new SplitOptions { Validation = new(0.25), GroupBy = "answer" });

        Assert.Equal((40, 4), (byPrompt.Groups, byAnswer.Groups));
        Assert.All(sides[0].Concat(sides[1]), line => Assert.Contains("\"answer\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Split_JoinsGroups_WhenTheyHaveAnExampleInCommon()
    {
        string twin = """{"prompt": "same", "completion": "x", "meta": {"of": "G"}}""" + "\n";
        string lines = string.Concat(Enumerable.Range(0, 40).Select(number => Noted(number, customer: number % 4)))
            + twin.Replace("G", "1", StringComparison.Ordinal) + twin.Replace("G", "1", StringComparison.Ordinal);

        var (report, _) = await OfAsync(lines, new SplitOptions { GroupBy = "customer" });

        Assert.Equal((5, 2), (report.Groups, report.WithoutGroup));
    }

    [Theory]
    [InlineData("", "holds no example")]
    [InlineData("{\"prompt\": \"a\"}\n{\"prompt\": \"a\"}\n", "stay empty")]
    [InlineData("{\"a\": 1\n", "Line 1 is no example (json-incomplete)")]
    [InlineData("{\"a\": 1},\n", "Line 1 is no example (line-not-object)")]
    public async Task Split_SaysWhy_WhenItCannotBeDone(string text, string words)
    {
        var refusal = await Assert.ThrowsAsync<UnreadableDatasetException>(() => OfAsync(text, new SplitOptions()));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.25", true)]
    [InlineData("200", true)]
    [InlineData("1.5", false)]
    [InlineData("-1", false)]
    [InlineData("a tenth", false)]
    [InlineData("1e400", false)]
    public void Share_IsAFractionOrAWholeNumber(string text, bool expected) => Assert.Equal(expected, SplitShare.TryParse(text, out _));

    [Fact]
    public void Split_LosesNothingAddsNothingAndLeaksNothing_WhateverTheExamples()
    {
        var examples = from prompt in Gen.Choose(0, 30) from answer in Gen.Choose(0, 3) select Label(prompt, answer.ToString(CultureInfo.InvariantCulture));
        var all = from lines in examples.ListOf(60) from seed in Gen.Choose(0, 1000) select (Lines: lines.ToArray(), Seed: seed);

        Law.Holds(all, one =>
        {
            string[][] sides = Divide(string.Concat(one.Lines), new SplitOptions { Seed = one.Seed, Validation = new(0.2), Test = new(0.2) });
            return sides.SelectMany(side => side).Order(StringComparer.Ordinal).SequenceEqual(one.Lines.Select(line => line.TrimEnd('\n')).Order(StringComparer.Ordinal))
                && !sides[0].Select(Prompt).Intersect(sides[1].Select(Prompt)).Any()
                && !sides[0].Select(Prompt).Intersect(sides[2].Select(Prompt)).Any()
                && !sides[1].Select(Prompt).Intersect(sides[2].Select(Prompt)).Any();
        });
    }

    private static string[][] Divide(string text, SplitOptions options) => OfAsync(text, options).GetAwaiter().GetResult().Sides;

    private static async Task<(SplitReport Report, string[][] Sides)> OfAsync(string text, SplitOptions options)
    {
        MemoryStream[] files = [new(), new(), new()];
        var report = await new DatasetSplit(options).RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), files[0], files[1], files[2], CancellationToken.None);
        return (report, [.. files.Select(file => Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))]);
    }

    private static string Label(int number, string label) => $$"""{"prompt": "p{{number}}", "completion": "{{label}}"}""" + "\n";

    private static string Noted(int number, int customer) => $$"""{"customer": {{customer}}, "prompt": "p{{number}}", "completion": "c{{customer}}"}""" + "\n";

    private static string Prompt(string line) => line.Split('"')[3];

    private static string Customer(string line) => line.Split('"')[7];

    private static int[] Numbers(string[] lines) => [.. lines.Select(line => int.Parse(line.Split("Hi ")[1].Split('"')[0], CultureInfo.InvariantCulture))];
}
