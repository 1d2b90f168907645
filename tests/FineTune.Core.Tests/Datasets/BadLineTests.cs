using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class BadLineTests
{
    [Theory]
    [MemberData(nameof(BadLines.All), MemberType = typeof(BadLines))]
    public async Task InspectAsync_ReportsExactlyTheMistakeAtItsPlace_WhenOneLineIsWrong(string code, string marked)
    {
        var (bytes, line, column) = BadLines.Read(marked);

        var report = await Inspection.OfAsync(bytes, BadLines.Spec);

        var found = report.Problems.Where(problem => problem.Line is not null).Select(problem => (problem.Code, problem.Line, problem.Column));
        Assert.Equal([(code, line, column)], found);
    }

    [Theory]
    [MemberData(nameof(BadLines.All), MemberType = typeof(BadLines))]
    public async Task InspectAsync_PointsAtTheByteOfTheMistake_WhenOneLineIsWrong(string code, string marked)
    {
        var (bytes, _, _) = BadLines.Read(marked);
        int offset = System.Text.Encoding.UTF8.GetByteCount(marked.AsSpan(0, marked.IndexOf(BadLines.Caret, StringComparison.Ordinal)));

        var report = await Inspection.OfAsync(bytes, BadLines.Spec);

        Assert.Equal(offset, report.Problems.Single(problem => problem.Code == code).ByteOffset);
    }

    [Fact]
    public void All_CoversEveryRuleAboutLinesJsonAndMessages()
    {
        var covered = BadLines.All.Select(row => row.Data.Item1).ToHashSet();
        // These need more than a line: BadFileTests and HostileFileTests have them.
        string[] elsewhere =
        [
            "file-empty", "file-not-text", "file-utf16", "file-bom", "file-name", "file-too-large", "reading-stopped", "line-too-long", "utf8-invalid",
            "json-invalid", "json-too-many-values", "tools-too-many", "image-too-large", "image-examples-too-many", "image-model", "image-unseen",
            "moderation-reasoning-phrase",
        ];

        var rules = FileRules.All.Concat(JsonRules.All).Concat(ChatRules.All).Concat(PartRules.All).Concat(ToolRules.All).Concat(SecretRules.All).Concat(ModerationRules.All).Select(rule => rule.Code);

        Assert.Empty(rules.Except(covered).Except(elsewhere));
    }
}
