using System.Text;
using System.Text.Json;
using FineTune.Datasets;
using FineTune.Datasets.Reports;

namespace FineTune.Core.Tests.Datasets;

/// <summary>However many batches are inspected side by side, the report is the one of reading line by line.</summary>
public sealed class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task InspectAsync_ReportsTheSame_WhenBatchesAreInspectedSideBySide(int workers)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Mixed(lines: 5_000));

        string expected = await ReportAsync(bytes, new InspectionLimits { Workers = 1 });

        Assert.InRange(bytes.Length, 1_000_000, 20_000_000);
        Assert.Equal(expected, await ReportAsync(bytes, new InspectionLimits { Workers = workers }));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(9_999)]
    public async Task InspectAsync_StopsAtTheVeryLine_WhenTheLimitFallsIntoABatch(int lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Inspection.GoodLines(12_000));

        var report = await InspectAsync(bytes, new InspectionLimits { Lines = lines, Workers = 3 });

        Assert.Equal(lines, report.Lines);
        Assert.Null(report.Sha256);
    }

    [Fact]
    public async Task InspectAsync_ReportsTheDocumentOnce_WhenItReachesOverManyBatches()
    {
        string document = "{\n  \"messages\": [\n    {\"role\": \"user\", \"content\": \"" + new string('x', 300) + "\"}\n  ]\n}\n";

        var report = await InspectAsync(
            Encoding.UTF8.GetBytes(Inspection.GoodLines(3_000) + string.Concat(Enumerable.Repeat(document, 3_000))), new InspectionLimits { Workers = 4 });

        Assert.Equal(("json-over-many-lines", 3_001), report.Problems.Select(problem => (problem.Code, problem.Line)).Single());
        Assert.Equal(3_000, report.Examples);
    }

    [Fact]
    public async Task InspectAsync_MeetsEveryLineEnd_WhenLinesAreAsLongAsABatch()
    {
        int[] lengths = [262_143, 262_144, 262_145, 1, 524_288, 65_536, 200_000];
        string lines = string.Join('\n', lengths.Select(length => Inspection.GoodLine.Replace("Hi", new string('x', Math.Max(1, length - Inspection.GoodLine.Length + 2)), StringComparison.Ordinal)));

        var report = await InspectAsync(Encoding.UTF8.GetBytes(lines + "\n" + Inspection.GoodLines(60)), new InspectionLimits { Workers = 2 });

        Assert.True(report.IsTrainable);
        Assert.Equal((67, 67), (report.Lines, report.Examples));
    }

    // Every kind of thing whose verdict owes to lines before it, at odd distances.
    private static string Mixed(int lines)
    {
        var text = new StringBuilder();
        for (int number = 1; number <= lines; number++)
        {
            text.Append(Inspection.GoodLine.Replace("Hi", $"Hi {number % 4_000} {new string('x', number % 300)}", StringComparison.Ordinal));
            text.Append(number % 1_700 == 0 ? "\r\n" : "\n");
            text.Append(number % 997 == 0 ? "\n\n" : "");
            text.Append(number % 1_501 == 0 ? "{\"messages\": [\n" : "");
            text.Append(number % 2_003 == 0 ? "{\"prompt\": \"a\", \"completion\": \"b\"}\n" : "");
            text.Append(number % 601 == 0 ? "nonsense\n" : "");
        }

        return text.Append("  ").ToString();
    }

    private static async Task<string> ReportAsync(byte[] bytes, InspectionLimits limits)
        => JsonSerializer.Serialize(await InspectAsync(bytes, limits), ReportJsonContext.Default.DatasetReport);

    private static Task<DatasetReport> InspectAsync(byte[] bytes, InspectionLimits limits)
        => Inspection.Inspector(limits).InspectAsync("data.jsonl", new MemoryStream(bytes), Inspection.Spec, TestContext.Current.CancellationToken);
}
