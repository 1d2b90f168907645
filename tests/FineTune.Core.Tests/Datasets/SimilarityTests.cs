using System.Text;
using FineTune.Datasets;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Core.Tests.Datasets;

public sealed class SimilarityTests
{
    private const int Million = 1_000_000;

    private static readonly string[] Words = [.. Enumerable.Range(0, 5_000).Select(number => "w" + Convert.ToString(number * 7919 % 100_003, 8))];

    [Theory]
    [InlineData(1, 93, 100)]
    [InlineData(60, 0, 1)]
    public void Find_MeetsItsPromise_WhenSoManyOfAHundredAndTwentyWordsAreReplaced(int replaced, int least, int most)
    {
        var random = new Random(1);
        var table = new SketchTable(10_000);
        int found = 0;
        for (int round = 1; round <= 1_000; round++)
        {
            string[] text = [.. Enumerable.Range(0, 120).Select(_ => Words[random.Next(Words.Length)])];
            table.Add(Of(string.Join(' ', text)), round);
            foreach (int place in Enumerable.Range(0, replaced))
            {
                text[(place * 2) + 1] = "other" + round;
            }

            found += table.Find(Of(string.Join(' ', text))).Line == round ? 1 : 0;
        }

        Assert.InRange(found / 10.0, least, most);
    }

    [Fact]
    public void Find_StillFindsNearlyAll_WhenTheTableHoldsAsManyAsItTakes()
    {
        const int most = 100_000;
        var random = new Random(3);
        Sketch[] sketches = [.. Enumerable.Range(0, most).Select(_ => new Sketch(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())))];
        var table = new SketchTable(most);
        for (int line = 1; line <= most; line++)
        {
            table.Add(sketches[line - 1], line);
        }

        int found = Enumerable.Range(1, most).Count(line => table.Find(sketches[line - 1]).Line == line);

        Assert.InRange(found, most * 94 / 100, most * 98 / 100);
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog", "THE QUICK Brown fox JUMPS over the lazy dog", true)]
    [InlineData("The quick brown fox jumps over the lazy dog", "The quick brown cat jumps over the lazy dog", false)]
    [InlineData("机器学习模型需要大量的训练数据才能很好地工作", "机器学习模型需要大量的训练数据才能很好地工作", true)]
    [InlineData("机器学习模型需要大量的训练数据才能很好地工作", "今天天气很好我们一起去公园散步吧你觉得怎么样呢", false)]
    public void Shared_TellsTextsAlike_WhenTheyDifferInCaseOnly(string left, string right, bool areAlike)
        => Assert.Equal(areAlike, Of(left).Shared(Of(right)) >= SketchTable.Enough);

    [Fact]
    public void End_IsTheSame_WhenATextComesAtAnyPlaceInABuffer()
    {
        string text = string.Join(' ', Words.Take(40)) + " ÄÖÜ 学习 ende";
        var expected = Of(text);
        for (int before = 0; before < 70; before++)
        {
            byte[] buffer = Encoding.UTF8.GetBytes(new string('x', before) + text + "tail");
            var sketcher = new TextSketcher();
            sketcher.Start();
            sketcher.Add(buffer.AsSpan(before, buffer.Length - before - 4));

            Assert.Equal(expected, sketcher.End());
        }
    }

    [Fact]
    public void ExampleIndex_StaysWithinTheMemoryItDocuments_WhenAMillionExamplesAreRemembered()
    {
        var index = new ExampleIndex();
        var random = new Random(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int line = 1; line <= Million + 1000; line++)
        {
            index.Wholes.LineOfFirst(Next(), line);
            index.Prompts.LineOfFirst(Next(), line);
            index.Sketches.Add(new Sketch(new UInt128(Next(), Next())), line);
        }

        // All they ever had: tables are copied while they grow.
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        ulong Next() => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

        Assert.True(index.IsFull);
        Assert.InRange(bytes, 66L * Million, 160L * Million);
        GC.KeepAlive(index);
    }

    [Fact]
    public async Task InspectAsync_TellsExactNearAndPromptLeaksApart_WhenAValidationDatasetOverlaps()
    {
        string training = Inspection.GoodLines(60) + Example("The first Monday of every month is when the harbour workshop opens for everybody who brings a bicycle.", "Yes") + Example("Ask me", "Why?");
        string validation = Inspection.GoodLines(1) + Example("The first monday of every month is when the harbour workshop opens for everybody who brings a bicycle.", "yes") + Example("Ask me", "No.") + Example("Something else", "Fine");
        var index = new ExampleIndex();
        await InspectAsync(training, DatasetRole.Training, index);

        var report = await InspectAsync(validation, DatasetRole.Validation, index);

        Assert.Equal(
            [(DatasetWideRules.Leaked.Code, 1), (DatasetWideRules.NearlyLeaked.Code, 2), (DatasetWideRules.PromptLeaked.Code, 3)],
            report.Problems.Select(problem => (problem.Code, problem.Line!.Value)));
    }

    [Fact]
    public async Task InspectAsync_FindsTheContradiction_WhenOnePairIsPreferredBothWaysRound()
    {
        string Line(string better, string worse) => "{\"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}, "
            + $"\"preferred_output\": [{{\"role\": \"assistant\", \"content\": \"{better}\"}}], \"non_preferred_output\": [{{\"role\": \"assistant\", \"content\": \"{worse}\"}}]}}\n";

        var report = await Inspection.OfAsync(
            Line("Hello", "Go") + Line("Hello", "What?") + Line("Go", "Hello"), Inspection.Spec with { Method = TrainingMethod.Preference });

        var problem = Assert.Single(report.Problems, problem => problem.Code == DatasetWideRules.ConflictingAnswers.Code);
        Assert.Equal(3, problem.Line);
    }

    private static string Example(string question, string answer)
        => $"{{\"messages\": [{{\"role\": \"user\", \"content\": \"{question}\"}}, {{\"role\": \"assistant\", \"content\": \"{answer}\"}}]}}\n";

    private static Sketch Of(string text)
    {
        var sketcher = new TextSketcher();
        sketcher.Start();
        sketcher.Add(Encoding.UTF8.GetBytes(text));
        return sketcher.End();
    }

    private static Task<DatasetReport> InspectAsync(string text, DatasetRole role, ExampleIndex training)
        => Inspection.Inspector().InspectAsync(
            "data.jsonl", new MemoryStream(Encoding.UTF8.GetBytes(text)), Inspection.Spec, role, training, TestContext.Current.CancellationToken);
}
