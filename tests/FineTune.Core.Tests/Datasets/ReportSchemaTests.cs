using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class ReportSchemaTests
{
    private static readonly string SchemaFile = Path.Combine(Repository.Root, "docs", "report.schema.json");

    public static TheoryData<string> Samples => [.. SampleTests.AllFiles()];

    [Fact]
    public async Task Schema_IsThatOfTheCode()
    {
        string current = Current();
        if (Environment.GetEnvironmentVariable("FT_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(SchemaFile, current, TestContext.Current.CancellationToken);
        }

        Assert.True(
            File.Exists(SchemaFile) && await File.ReadAllTextAsync(SchemaFile, TestContext.Current.CancellationToken) == current,
            "docs/report.schema.json is not current: run this test with FT_UPDATE_DOCS=1.");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Schema_FitsTheReport_WhenASampleIsInspected(string sample)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, sample), TestContext.Current.CancellationToken);
        string report = JsonSerializer.Serialize(await Inspection.OfAsync(bytes), ReportJsonContext.Default.DatasetReport);

        Assert.Null(await FaultAsync(report));
    }

    [Fact]
    public async Task Schema_FitsNoOtherJson()
        => Assert.NotNull(await FaultAsync("""{"dataset": "data.jsonl"}"""));

    private static string Current()
    {
        var schema = ReportJsonContext.Default.DatasetReport.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        var titled = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Dataset report",
            ["description"] = "What finetune validate --json prints; see report.md.",
        };
        foreach (var (key, value) in schema)
        {
            titled[key] = value?.DeepClone();
        }

        return titled.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n") + "\n";
    }

    private static async Task<string?> FaultAsync(string report)
    {
        string schema = await File.ReadAllTextAsync(SchemaFile, TestContext.Current.CancellationToken);
        return new SchemaCheck().Fault(Parse(report).Root, Parse(schema).Root);
    }

    private static JsonLine Parse(string json)
    {
        var line = new JsonLine(new ProblemLog(0));
        Assert.Null(line.Parse(new Line(1, 0, Encoding.UTF8.GetBytes(json))));
        return line;
    }
}
