using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Core.Tests.Datasets;

public sealed class CompletionTests
{
    internal static readonly FineTuneSpec CompletionSpec = Inspection.Spec with { Model = "babbage-002" };

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

    [Theory]
    [InlineData("Summarise this: {0} ->", " {0} is long\\n", "completion-texts-same-start")]
    [InlineData("{0} ->", " The answer is {0}\\n", "completion-texts-same-start")]
    [InlineData("{0} ->", " yes\\n", "completion-texts-all-same")]
    [InlineData("Say something ->", " {0}\\n", "completion-texts-all-same")]
    [InlineData("{0} ->", " {0} BUY nOW\\n", "completion-texts-capitals")]
    [InlineData("{0} BUY nOW ->", " {0}\\n", "completion-texts-capitals")]
    [InlineData("short: {0} ->", " no {0}\\n", null)]
    [InlineData("", " {0}\\n", null)]
    public async Task InspectAsync_TellsWhatTheTextsHaveInCommon_WhenModelCompletes(string prompt, string completion, string? code)
    {
        // More than a batch of lines: what several of them have seen is put together.
        var report = await Inspection.OfAsync(Lines(prompt, completion, 8_000), CompletionSpec);

        var found = report.ProblemCounts.Select(count => count.Code).Where(found => found.StartsWith("completion-texts-", StringComparison.Ordinal));
        Assert.Equal(code is null ? [] : [code], found);
    }

    [Theory]
    [InlineData("{0} ->", " {0}\\n", null)]
    [InlineData("{0}->", " {0}.", null)]
    [InlineData("is -> {0} ->", " {0}\\n", "separator-inside-prompt")]
    [InlineData("{0} -> ->", " {0}\\n", null)]
    [InlineData("{0}????????????", " {0}\\n", "separator-long")]
    [InlineData("{0} the answer is:", " {0}\\n", "separator-long")]
    [InlineData("{0} ->", " a\\nb {0}\\n", "stop-inside-completion")]
    [InlineData("{0} ->", " 1.5 and {0}.", "stop-inside-completion")]
    public async Task InspectAsync_WantsMarksThatStandNowhereElse_WhenModelCompletes(string prompt, string completion, string? codes)
    {
        string text = Lines(prompt, completion, 60);

        var report = await Inspection.OfAsync(text, CompletionSpec);

        string[] marks = [CompletionRules.SeparatorInside.Code, CompletionRules.SeparatorLong.Code, CompletionRules.StopInside.Code];
        Assert.Equal((codes?.Split(',') ?? []).Order(), report.ProblemCounts.Select(count => count.Code).Where(marks.Contains).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(9_000)]
    [InlineData(16_000)]
    public async Task InspectAsync_NamesTheFirstLineWithTheMarkInside_WhereverItStands(int line)
    {
        // Several batches of lines; one each knows the common ending only when it has seen a second text.
        string[] lines = Lines("{0} ->", " {0}\\n", 16_000).Split('\n');
        lines[line - 1] = """{"prompt": "a -> b ->", "completion": " c\nd\n"}""";

        var report = await Inspection.OfAsync(string.Join('\n', lines), CompletionSpec);

        Assert.Contains(report.Problems, problem => problem.Code == CompletionRules.SeparatorInside.Code && problem.Message.Contains($"line {line};", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Code == CompletionRules.StopInside.Code && problem.Message.Contains($"line {line};", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("aab")]
    [InlineData("->")]
    public async Task InspectAsync_IsLinear_WhenATextRepeatsItsEnding(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000));

        var report = await Inspection.OfAsync(Lines("{0} " + text, " {0}\\n", 2), CompletionSpec);

        Assert.Equal(2, report.Examples);
    }

    [Fact]
    public async Task InspectAsync_CountsBothTextsAlone_WhenModelCompletes()
    {
        var report = await Inspection.OfAsync("""{"prompt": "2+2 ->", "completion": " 4\n"}""", CompletionSpec);

        int expected = TokenEncoding.Cl100kBase.Count("2+2 ->"u8) + TokenEncoding.Cl100kBase.Count(" 4\n"u8);
        Assert.Equal(expected, report.Tokens!.Dataset.High);
    }

    private static string Lines(string prompt, string completion, int count)
        => string.Concat(Enumerable.Range(100, count).Select(number => "{\"prompt\": \"" + prompt.Replace("{0}", $"{number}", StringComparison.Ordinal)
            + "\", \"completion\": \"" + completion.Replace("{0}", $"{number}", StringComparison.Ordinal) + "\"}\n"));

    internal static string GoodLines(int count)
        => string.Concat(Enumerable.Range(1, count).Select(number => $$"""{"prompt": "{{number}} ->", "completion": " {{number}}\n"}""" + "\n"));
}
