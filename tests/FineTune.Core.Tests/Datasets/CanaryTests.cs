using System.Text.Json;
using FineTune.Datasets.Reports;

namespace FineTune.Core.Tests.Datasets;

public sealed class CanaryTests
{
    private const string Canary = "zanzibar";

    [Fact]
    public async Task Report_HoldsNoTrainingText_WhenEveryValueIsACanary()
    {
        // What is no JSON Lines at all hides the lines after it.
        var ofLines = BadLines.All.Where(row => row.Data.Item1 is not ("json-array" or "json-over-many-lines"));
        string lines = string.Join('\n', ofLines.Select(row => WithCanaries(row.Data.Item2)));

        var report = await Inspection.OfAsync(lines);

        Assert.InRange(report.ProblemCounts.Count, 50, int.MaxValue);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, ReportText.Of(report, problems: 1_000), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "zanzibar", "content": "zanzibar"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "zanzibar"}]}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "zanzibar", "detail": "zanzibar"}}]}]}""")]
    [InlineData("""{"messages": [{"role": "user", "name": "zanzi bar zanzibar", "content": "Hi", "weight": "zanzibar"}]}""")]
    [InlineData("""{"messages": [{"role": "assistant", "tool_calls": [{"id": "zanzibar", "type": "zanzibar", "function": {"name": "zanzibar", "arguments": "zanzibar"}}]}]}""")]
    [InlineData("""{"messages": [{"role": "tool", "tool_call_id": "zanzibar", "content": "zanzibar"}], "tools": [{"type": "zanzibar", "function": {"name": "zanzi bar"}}]}""")]
    [InlineData("""{"a key that is a sentence, zanzibar": 1, "messages": [{"role": "user", "also a zanzibar": {"a": 1, "a": 2}}]}""")]
    [InlineData("""zanzibar, zanzibar""")]
    [InlineData("""{"messages": zanzibar}""")]
    [InlineData("""{"prompt": "zanzibar", "completion": "zanzibar"}""")]
    public async Task Report_HoldsNoTrainingText_WhenALineIsWrong(string line)
    {
        var report = await Inspection.OfAsync(line);

        Assert.NotEmpty(report.Problems);
        Assert.DoesNotContain("zanzi", JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("zanzi", ReportText.Of(report), StringComparison.OrdinalIgnoreCase);
    }

    private static string WithCanaries(string marked)
        => marked.Replace("‸", "", StringComparison.Ordinal)
            .Replace("\"Hi", "\"" + Canary + " Hi", StringComparison.Ordinal)
            .Replace("\"Hello", "\"" + Canary + " Hello", StringComparison.Ordinal)
            .Replace("\"human", "\"" + Canary, StringComparison.Ordinal)
            .Replace("\"find", "\"" + Canary, StringComparison.Ordinal);
}
