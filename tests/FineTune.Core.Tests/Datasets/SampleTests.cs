using FineTune.Datasets;

namespace FineTune.Core.Tests.Datasets;

public sealed class SampleTests
{
    public static TheoryData<string, string, int> Bad { get; } = new()
    {
        { "01-trailing-comma.jsonl", "json-trailing-comma", 1 },
        { "02-array.jsonl", "json-array", 1 },
        { "03-pretty-printed.jsonl", "json-over-many-lines", 1 },
        { "04-unknown-role.jsonl", "role-unknown", 4 },
        { "05-no-assistant.jsonl", "assistant-missing", 5 },
        { "06-too-few.jsonl", "examples-too-few", 0 },
        { "07-prompt-completion.jsonl", "format-wrong", 1 },
        { "08-duplicate-key.jsonl", "json-duplicate-key", 6 },
        { "09-half-emoji.jsonl", "json-lone-surrogate", 7 },
        { "10-windows-1252.jsonl", "utf8-invalid", 12 },
        { "11-tool-answer-missing.jsonl", "tool-call-unanswered", 12 },
        { "12-python-dictionary.jsonl", "json-single-quotes", 1 },
    };

    public static IEnumerable<string> AllFiles()
        => Directory.EnumerateFiles(Repository.Samples, "*.jsonl", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Samples, path)).Order(StringComparer.Ordinal);

    [Theory]
    [InlineData("support-bot.jsonl", DatasetRole.Training, 50)]
    [InlineData("support-bot.validation.jsonl", DatasetRole.Validation, 6)]
    [InlineData("support-bot-tools.jsonl", DatasetRole.Training, 12)]
    public async Task InspectAsync_FindsNoErrors_WhenSampleIsGood(string sample, DatasetRole role, int examples)
    {
        var report = await OfSampleAsync(sample, role);

        Assert.DoesNotContain(report.Problems, problem => problem.Code != "examples-few");
        Assert.True(report.IsTrainable);
        Assert.Equal(examples, report.Examples);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task InspectAsync_NamesTheMistake_WhenSampleIsBad(string sample, string code, int line)
    {
        var report = await OfSampleAsync(Path.Combine("bad", sample), DatasetRole.Training);

        Assert.False(report.IsTrainable);
        Assert.Equal(line, report.Problems.First(problem => problem.Code == code).Line ?? 0);
    }

    [Fact]
    public void Bad_CoversEveryBadSample()
        => Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(Repository.Samples, "bad")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            Bad.Select(row => row.Data.Item1));

    private static async Task<FineTune.Datasets.Reports.DatasetReport> OfSampleAsync(string sample, DatasetRole role)
        => await Inspection.OfAsync(
            await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken), role: role);
}
