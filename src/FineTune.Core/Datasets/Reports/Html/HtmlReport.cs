using System.Security.Cryptography;
using System.Text;
using FineTune.Datasets.Counting;

namespace FineTune.Datasets.Reports.Html;

/// <summary>
/// The report as one page that needs nothing but itself: no script, no request, light or dark as its reader has it. Its content
/// security policy allows its own style sheet and nothing else.
/// </summary>
public static class HtmlReport
{
    /// <param name="lines">Lines of the dataset to be shown with their problems, by number; none unless asked for.</param>
    public static string Of(DatasetReport report, IReadOnlyDictionary<int, string>? lines = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new HtmlPage();
        AddHead(page, report);
        AddVerdict(page, report);
        AddFigures(page, report);
        if (report.Statistics is { } statistics)
        {
            page.AddConstant("<div class=\"charts\">\n");
            HtmlCharts.AddHistogram(page, "Tokens per example", "tokens", statistics.Tokens, report.ModelFacts?.TrainingContext);
            HtmlCharts.AddHistogram(page, "Messages per example", "messages", statistics.Messages, limit: null);
            HtmlCharts.AddRoles(page, statistics.Roles);
            page.AddConstant("</div>\n");
        }

        HtmlProblems.Add(page, report, lines ?? new Dictionary<int, string>());
        AddTruncated(page, report.Statistics?.Truncated ?? []);
        page.Add($"<footer>Inspected {report.InspectedAt:yyyy-MM-dd HH:mm} UTC{(report.Sha256 is null ? "" : " · SHA-256 ")}<code>{report.Sha256}</code></footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AddHead(HtmlPage page, DatasetReport report)
    {
        string styleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(HtmlStyle.Sheet)));
        page.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{styleHash}'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{report.Dataset}: dataset report</title>\n<style>");
        page.AddConstant(HtmlStyle.Sheet);
        page.AddConstant("</style>\n</head>\n<body>\n<main>\n");
    }

    private static void AddVerdict(HtmlPage page, DatasetReport report)
    {
        string state = report.ErrorCount > 0 ? "error" : report.WarningCount > 0 ? "warning" : "good";
        string role = report.Role == DatasetRole.Training ? "Training" : "Validation";
        page.Add($"<header>\n<p class=\"kind\">{role} dataset, for {report.Model} ({TrainingMethods.WordFor(report.Method)})</p>\n<h1>{report.Dataset}</h1>\n<p class=\"verdict {state}\">{report.Verdict}</p>\n</header>\n");
    }

    private static void AddFigures(HtmlPage page, DatasetReport report)
    {
        page.AddConstant("<dl class=\"figures\">\n");
        AddFigure(page, "Examples", Range(new Interval<int>(report.Examples, report.Examples), "N0"), $"{report.Messages:N0} messages, {report.Lines:N0} lines, {report.Bytes:N0} bytes");
        if (report.Tokens is { } tokens)
        {
            AddFigure(page, "Tokens", Range(tokens.Dataset, "N0"), $"longest example {tokens.Longest:N0}, in line {tokens.LongestLine:N0}");
            AddFigure(page, "Billed tokens", Range(tokens.Billed, "N0"), $"{Range(report.Epochs, "N0")} epochs");
        }

        if (report.Price is { } price)
        {
            AddFigure(
                page, $"Price in {price.Currency}", Range(new Interval<decimal>(price.Low, price.High), "N2"),
                $"{price.PerMillionTokens:0.##} per million tokens, list price of {price.AsOf:yyyy-MM-dd}");
        }

        page.AddConstant("</dl>\n");
    }

    private static void AddFigure(HtmlPage page, string name, string figure, FormattableString more)
        => page.Add($"<div><dt>{name}</dt><dd>{figure}</dd><dd class=\"more\">{FormattableString.Invariant(more)}</dd></div>\n");

    private static void AddTruncated(HtmlPage page, IReadOnlyList<TruncatedExample> truncated)
    {
        if (truncated.Count == 0)
        {
            return;
        }

        page.AddConstant("<section>\n<h2>Examples that would be cut off</h2>\n<table>\n<thead><tr><th>Line</th><th>Tokens</th><th>Cut off</th><th>From</th></tr></thead>\n<tbody>\n");
        foreach (var example in truncated)
        {
            page.Add($"<tr><td>{example.Line:N0}</td><td>{Range(example.Tokens, "N0")}</td><td>{example.Cut:N0}</td><td><code>{example.From}</code></td></tr>\n");
        }

        page.AddConstant("</tbody>\n</table>\n</section>\n");
    }

    private static string Range<T>(Interval<T> interval, string format)
        where T : IEquatable<T>, IFormattable
        => ReportText.Range(interval.Low, interval.High, format, " – ");
}
