using System.CommandLine;
using System.Text.Json;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Reports.Html;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>A report on the terminal, as JSON, and as a page beside either.</summary>
internal static class ReportPage
{
    public static readonly Option<int> Problems = new("--problems") { Description = "Show so many problems; all are counted.", DefaultValueFactory = _ => 20 };

    public static readonly Option<FileInfo?> Html = new("--html") { Description = "Also write the report as a page to look at.", HelpName = "file" };

    /// <param name="lines">Lines of the dataset to be shown on the page, by number; none unless asked for.</param>
    public static async Task PrintAsync(
        ParseResult parsed, DatasetReport report, IReadOnlyDictionary<int, string>? lines, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Html) is { } page)
        {
            await WriteAsync(page, HtmlReport.Of(report, lines), cancellationToken);
        }

        Console.WriteLine(parsed.IsJson()
            ? JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport)
            : ReportText.Of(report, parsed.GetValue(Problems), Console.IsOutputRedirected ? 120 : Console.WindowWidth));
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
