using System.Text.RegularExpressions;
using FineTune.Datasets.Reports.Html;

namespace FineTune.Core.Tests.Datasets;

public sealed partial class HtmlReportTests
{
    private const string Hostile = "<script>alert('x')</script>\"&";

    [Fact]
    public async Task Of_ShowsFiguresChartsAndProblems()
    {
        string page = HtmlReport.Of(await Inspection.OfAsync(Inspection.GoodLine + ",\n" + Inspection.GoodLines(60)));

        Assert.Contains("json-trailing-comma", page, StringComparison.Ordinal);
        Assert.Contains("Tokens per example", page, StringComparison.Ordinal);
        Assert.Contains("Who speaks", page, StringComparison.Ordinal);
        Assert.Contains($"line 1, column {Inspection.GoodLine.Length + 1}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_IsWellFormedAndAsksForNothing_WhenEverythingIsInIt()
    {
        var report = await Inspection.OfAsync(string.Join('\n', BadLines.All.Select(row => row.Data.Item2.Replace("‸", "", StringComparison.Ordinal))));

        string page = HtmlReport.Of(report with { Dataset = Hostile });

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(src|href|url|@import)\s*[=(]", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Empty(Unclosed(page));
    }

    [Fact]
    public async Task Of_EncodesLines_WhenTheyAreShown()
    {
        var report = await Inspection.OfAsync(Inspection.GoodLine + ",\n" + Inspection.GoodLines(60));

        string page = HtmlReport.Of(report, new Dictionary<int, string> { [1] = Hostile });

        Assert.Contains("<pre>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_HoldsNoTrainingText_UnlessAskedFor()
    {
        var report = await Inspection.OfAsync("{\"messages\": [{\"role\": \"user\", \"content\": \"zanzibar\", \"the zanzibar\": 1}]},\n" + Inspection.GoodLines(60));

        Assert.DoesNotContain("zanzibar", HtmlReport.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_SaysWhatWouldBeCut_WhenAnExampleIsTooLong()
    {
        string text = string.Concat(Enumerable.Repeat("word ", 6_000));
        string line = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Ho\"}, {\"role\": \"user\", \"content\": \"More\"}, {\"role\": \"assistant\", \"content\": \"" + text + "\"}]}";

        var report = await Inspection.OfAsync(line + "\n" + Inspection.GoodLines(60), new FineTuneSpec { Model = "gpt-3.5-turbo-0613" });

        var problem = report.Problems.Single(problem => problem.Code == "example-over-context");
        Assert.Equal("messages[3]", problem.Field);
        Assert.Contains("of 2 answers it spares 1.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(("messages[3]", 1), (report.Statistics!.Truncated.Single().From, report.Statistics.Truncated.Single().Line));
        Assert.Contains("Examples that would be cut off", HtmlReport.Of(report), StringComparison.Ordinal);
    }

    // Elements that are opened and not closed, in a page that writes all its ends.
    private static List<string> Unclosed(string page)
    {
        string[] voids = ["meta", "!doctype"];
        var open = new List<string>();
        foreach (Match tag in Tag().Matches(page))
        {
            string name = tag.Groups["name"].Value.ToLowerInvariant();
            if (tag.Groups["end"].Length > 0)
            {
                Assert.Equal(open[^1], name);
                open.RemoveAt(open.Count - 1);
            }
            else if (!voids.Contains(name) && tag.Groups["empty"].Length == 0)
            {
                open.Add(name);
            }
        }

        return open;
    }

    [GeneratedRegex(@"<(?<end>/?)(?<name>[!a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*?)?(?<empty>/?)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
