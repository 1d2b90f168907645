using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Datasets.Reports;

namespace FineTune.Core.Tests.Datasets;

public sealed class ReportTests
{
    [Fact]
    public async Task Json_KeepsItsShape_BecauseProgramsReadIt()
    {
        var report = JsonNode.Parse(await JsonOfAsync(Inspection.GoodLine + ",\n" + Inspection.GoodLines(60)))!.AsObject();

        Assert.Equal(
            "dataset role inspectedAt isTrainable sha256 bytes lines examples messages format model method modelFacts tokens epochs price statistics problems problemCounts problemsLeftOut",
            Names(report));
        Assert.Equal("code severity line column byteOffset field message fix", Names(report["problems"]![0]!));
        Assert.Equal("code severity count firstLine", Names(report["problemCounts"]![0]!));
        Assert.Equal("dataset trained longest longestLine billed", Names(report["tokens"]!));
        Assert.Equal("low high", Names(report["tokens"]!["billed"]!));
        Assert.Equal("tokens messages roles truncated", Names(report["statistics"]!));
        Assert.Equal("from to examples", Names(report["statistics"]!["tokens"]![0]!));
        Assert.Equal("role messages tokens", Names(report["statistics"]!["roles"]![0]!));
        Assert.Equal("low high currency perMillionTokens asOf", Names(report["price"]!));
        Assert.Equal(
            ("training", "chat", "supervised", "error"),
            ((string?)report["role"], (string?)report["format"], (string?)report["method"], (string?)report["problems"]![0]!["severity"]));
    }

    [Fact]
    public async Task Json_ComesBackAsTheSameReport()
    {
        string json = await JsonOfAsync(Inspection.GoodLine + ",\n" + Inspection.GoodLines(60));

        var read = JsonSerializer.Deserialize(json, ReportJsonContext.Default.DatasetReport)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, ReportJsonContext.Default.DatasetReport));
    }

    [Fact]
    public async Task Sha256_IsThatOfTheBytes()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes("\uFEFF" + Inspection.GoodLines(60));

        var report = await Inspection.OfAsync(bytes);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), report.Sha256);
        Assert.Equal(bytes.Length, report.Bytes);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public async Task Text_FitsTheTerminal(int width)
    {
        var report = await Inspection.OfAsync(string.Join('\n', BadLines.All.Select(row => row.Data.Item2.Replace("‸", "", StringComparison.Ordinal))));

        string text = ReportText.Of(report, problems: 5, width);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public async Task Text_SaysWhereWhatAndHowToFixIt()
    {
        var report = await Inspection.OfAsync(Inspection.GoodLine + ",\n" + Inspection.GoodLines(60));

        string text = ReportText.Of(report, problems: 5, width: 400);

        Assert.Contains($"data.jsonl:1:{Inspection.GoodLine.Length + 1}: error json-trailing-comma", text, StringComparison.Ordinal);
        Assert.Contains("Fix: Delete the comma at the end of the line.", text, StringComparison.Ordinal);
        Assert.EndsWith("Mend the errors and check again.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_CountsByRule_WhenNotAllProblemsAreShown()
    {
        string lines = string.Concat(Enumerable.Range(1, 300).Select(number => $"{{\"messages\": [], \"id\": {number}}}\n"));

        string text = ReportText.Of(await Inspection.OfAsync(lines), problems: 3);

        Assert.Contains("597 more", text, StringComparison.Ordinal);
        Assert.Contains("    messages-empty: 300, first in line 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_SaysItCanBeTrained_WhenThereIsNothingToMend()
        => Assert.EndsWith(
            "Trainable.\nIt can be trained as it is.\n", ReportText.Of(await Inspection.OfAsync(Inspection.GoodLines(60))), StringComparison.Ordinal);

    private static async Task<string> JsonOfAsync(string text)
        => JsonSerializer.Serialize(await Inspection.OfAsync(text), ReportJsonContext.Default.DatasetReport);

    private static string Names(JsonNode node) => string.Join(' ', node.AsObject().Select(property => property.Key));
}
