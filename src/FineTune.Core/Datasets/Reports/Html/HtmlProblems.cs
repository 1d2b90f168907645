using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reports.Html;

/// <summary>The problems by rule, the worst first, each with its first places.</summary>
internal static class HtmlProblems
{
    private const int MostPlaces = 10;

    public static void Add(HtmlPage page, DatasetReport report, IReadOnlyDictionary<int, string> lines)
    {
        page.AddConstant("<section>\n<h2>Problems</h2>\n");
        if (report.ProblemCounts.Count == 0)
        {
            page.AddConstant("<p class=\"none\">None.</p>\n");
        }

        var places = report.Problems.ToLookup(problem => problem.Code);
        foreach (var rule in report.ProblemCounts)
        {
            AddRule(page, rule, [.. places[rule.Code].Take(MostPlaces)], lines);
        }

        page.AddConstant("</section>\n");
    }

    private static void AddRule(HtmlPage page, ProblemCount rule, Problem[] places, IReadOnlyDictionary<int, string> lines)
    {
        string severity = rule.Severity.ToString().ToLowerInvariant();
        page.Add($"<details{(rule.Severity == Severity.Error ? " open" : "")}>\n<summary><span class=\"chip {severity}\">{severity}</span> <code>{rule.Code}</code> <span class=\"count\">{rule.Count:N0}</span></summary>\n");
        page.Add($"<p class=\"fix\"><b>Fix:</b> {places.FirstOrDefault()?.Fix}</p>\n<ol>\n");
        foreach (var problem in places)
        {
            AddPlace(page, problem, lines);
        }

        page.AddConstant("</ol>\n");
        if (rule.Count > places.Length)
        {
            page.Add($"<p class=\"rest\">and {rule.Count - places.Length:N0} more</p>\n");
        }

        page.AddConstant("</details>\n");
    }

    private static void AddPlace(HtmlPage page, Problem problem, IReadOnlyDictionary<int, string> lines)
    {
        page.AddConstant("<li>");
        if (problem.Line is { } line)
        {
            page.Add($"<span class=\"place\">line {line:N0}, column {problem.Column:N0}</span> ");
        }

        if (problem.Field is not null)
        {
            page.Add($"<code>{problem.Field}</code> ");
        }

        page.Add($"<span>{problem.Message}</span>");
        if (problem.Line is { } number && lines.TryGetValue(number, out string? text))
        {
            page.Add($"<pre>{text}</pre>");
        }

        page.AddConstant("</li>\n");
    }
}
