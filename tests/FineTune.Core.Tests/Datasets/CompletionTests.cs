using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Core.Tests.Datasets;

public sealed class CompletionTests
{
    private static readonly FineTuneSpec CompletionSpec = Inspection.Spec with { Model = "babbage-002" };

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "completion-unknown-key", """{"prompt": "2+2 ->", "completion": " 4\n", ‸"id": 1}""" },
        { "completion-wrong-kind", """{"prompt": ‸22, "completion": " 4\n"}""" },
        { "completion-wrong-kind", """{"prompt": "2+2 ->", "completion": ‸null}""" },
        { "completion-wrong-kind", """‸{"completion": " 4\n"}""" },
        { "completion-empty", """{"prompt": "2+2 ->", "completion": ‸""}""" },
        { "completion-no-leading-space", """{"prompt": "2+2 ->", "completion": ‸"4\n"}""" },
        { "format-wrong", "‸" + Inspection.GoodLine },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task InspectAsync_ReportsExactlyTheMistakeAtItsPlace_WhenACompletionIsWrong(string code, string marked)
    {
        var (bytes, line, column) = BadLines.Read(marked);

        var report = await Inspection.OfAsync(bytes, CompletionSpec);

        var found = report.Problems.Where(problem => problem.Line is not null).Select(problem => (problem.Code, problem.Line, problem.Column));
        Assert.Equal([(code, line, column)], found);
    }

    [Theory]
    [InlineData(" ->", "\\n", false, false)]
    [InlineData("", "\\n", true, false)]
    [InlineData(" ->", "", false, true)]
    public async Task InspectAsync_WantsOneSeparatorAndOneStop_WhenModelCompletes(string separator, string stop, bool lacksSeparator, bool lacksStop)
    {
        string lines = string.Concat(Enumerable.Range(1, 60).Select(n => $"{{\"prompt\": \"{n}{separator}\", \"completion\": \" {n}{stop}\"}}\n"));

        var report = await Inspection.OfAsync(lines, CompletionSpec);

        Assert.Equal((lacksSeparator, lacksStop), (report.Has(CompletionRules.NoSeparator), report.Has(CompletionRules.NoStop)));
    }

    [Fact]
    public async Task InspectAsync_CountsBothTextsAlone_WhenModelCompletes()
    {
        var report = await Inspection.OfAsync("""{"prompt": "2+2 ->", "completion": " 4\n"}""", CompletionSpec);

        int expected = TokenEncoding.Cl100kBase.Count("2+2 ->"u8) + TokenEncoding.Cl100kBase.Count(" 4\n"u8);
        Assert.Equal(expected, report.Tokens!.Dataset.High);
    }
}
