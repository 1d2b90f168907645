using System.CommandLine;
using System.Text.Json;
using FineTune.Datasets.Repair;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;
using FineTune.Datasets.Rules;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>A report on the terminal, as JSON, and as a page beside either.</summary>
internal static class ReportPage
{
    public static readonly Option<int> Problems = CountOption.Create("--problems", "Show so many problems; all are counted.", 20);

    public static readonly Option<FileInfo?> Html = new("--html") { Description = "Also write the report as a page to look at.", HelpName = "file" };

    private static readonly string[] OtherFormats = [DatasetWideRules.WrongFormat.Code, JsonRules.NotJson.Code];

    /// <param name="file">Where the dataset is, as a command would be told.</param>
    /// <param name="lines">Lines of the dataset to be shown on the page, by number; none unless asked for.</param>
    public static async Task PrintAsync(
        ParseResult parsed, DatasetReport report, string file, IReadOnlyDictionary<int, string>? lines, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Html) is { } page)
        {
            await WriteAsync(page, HtmlReport.Of(report, lines), cancellationToken);
        }

        if (parsed.IsJson())
        {
            Console.WriteLine(JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport));
            return;
        }

        Console.WriteLine(ReportText.Of(report, parsed.GetValue(Problems), Console.IsOutputRedirected ? 120 : Console.WindowWidth));
        foreach (string help in Help(report, file))
        {
            Console.WriteLine(help);
        }
    }

    /// <summary>Which commands take some of the errors off a person's hands.</summary>
    private static IEnumerable<string> Help(DatasetReport report, string file)
    {
        string[] errors = [.. report.ProblemCounts.Where(count => count.Severity is Severity.Error).Select(count => count.Code)];
        if (errors.Intersect(Repairs.All.Select(repair => repair.Code)).Any())
        {
            yield return $"Some of it may be mended for you: {ProgramName.Text} fix {ShellWord.Of(file)}";
        }

        if (errors.Intersect(OtherFormats).Any())
        {
            yield return $"A dataset can be made of it: {ProgramName.Text} convert {ShellWord.Of(file)}";
        }
    }

    private static async Task WriteAsync(FileInfo page, string html, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(page.FullName, html, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The page cannot be written to '{page.FullName}': {refused.Message} Choose another place with --html.");
        }
    }
}
