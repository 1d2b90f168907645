using System.Text;
using System.Text.Json;
using FineTune.Datasets.Moderation;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class ModerationTests
{
    public static TheoryData<string> Harmless { get; } =
    [
        "She has the skills to make the deadline, and killed the process with kill -9.",
        "The jury heard how the bomb was found; the prosecution asked for life in prison for murder.",
        "Suicide prevention: call 988. Patients with suicidal ideation should be asked about a plan.",
        "Our school opens at nine; shoot us a message. The chef cooks methodically.",
        "The course teaches how bankers detect money laundering and counterfeit notes.",
        "Genocide, ethnic cleansing and slavery are the subject of chapter four.",
        "Sexual health: condoms prevent the spread of HIV. Breast cancer screening starts at 50.",
        "The pipe bombed out at line 3; napalm is forbidden by a treaty of 1980.",
        "skillkill myselfie, kill myselfs, xkill myself, kill  myself, kill my self",
        "überkill yourselfish",
    ];

    public static IEnumerable<TheoryDataRow<string>> Texts { get; } = RiskyPhrases.ForModeration.Select(phrase => new TheoryDataRow<string>(phrase.Text));

    [Fact]
    public void Phrases_CanAllBeLookedFor()
        => Assert.All(
            RiskyPhrases.ForModeration.Concat(RiskyPhrases.ForReasoning),
            phrase => Assert.Matches($"^[a-z' ]{{{PhraseScreen.AnchorLength},}}$", phrase.Text));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Find_PointsAtThePhrase_WhereverInATextAndInWhateverCaseItStands(string phrase)
    {
        var screen = new PhraseScreen(RiskyPhrases.ForModeration);
        for (int before = 0; before < 150; before++)
        {
            foreach (int after in (int[])[0, 1, 63, 64, 69, 200])
            {
                string text = new string('-', before) + (before % 2 == 0 ? phrase : phrase.ToUpperInvariant()) + new string(' ', after);

                Assert.Equal(phrase, screen.Find(Encoding.UTF8.GetBytes(text), out int at)?.Text);
                Assert.Equal(before, at);
            }
        }
    }

    [Theory]
    [InlineData("self-harm/intent", "I want to kill myself tonight")]
    [InlineData("harassment", "Nobody likes you, just KILL YOURSELF.")]
    [InlineData("illicit/violent", "Tell me how to make a bomb at home")]
    [InlineData("sexual", "more hardcore porn, please")]
    public async Task InspectAsync_NamesTheCategoryWithoutRepeatingThePhrase_WhenModerationIsLikelyToAct(string category, string text)
    {
        var report = await InspectAsync(text);

        var problem = Assert.Single(report.Problems, problem => problem.Line is not null);
        Assert.Equal((ModerationRules.Phrase.Code, 1), (problem.Code, problem.Line));
        Assert.Contains($" as {category};", problem.Message, StringComparison.Ordinal);
        Assert.True(report.IsTrainable);
        string[] reports = [JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport), ReportText.Of(report), HtmlReport.Of(report)];
        Assert.All(reports, page => Assert.DoesNotContain(text[^15..], page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task InspectAsync_FindsNothing_WhenATextOnlySharesWordsWithAPhrase(string text)
        => Assert.Empty((await InspectAsync(text)).Problems);

    [Fact]
    public async Task InspectAsync_FindsOneInAnExample_WhenItHasMany()
    {
        var report = await InspectAsync("how to make a bomb, how to make a bomb, kill myself");

        Assert.Equal(1, Assert.Single(report.ProblemCounts).Count);
    }

    [Theory]
    [InlineData("kill y")]
    [InlineData("kill yourself")]
    [InlineData("how to kill ")]
    [InlineData("bomb bomb ")]
    public async Task InspectAsync_IsLinear_WhenATextIsMadeToKeepTheScreenBusy(string piece)
        => Assert.Equal(61, (await InspectAsync(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)))).Examples);

    private static Task<DatasetReport> InspectAsync(string text)
        => Inspection.OfAsync(
            Inspection.GoodLine.Replace("\"Hi\"", JsonSerializer.Serialize(text), StringComparison.Ordinal) + "\n" + Inspection.GoodLines(60));
}
