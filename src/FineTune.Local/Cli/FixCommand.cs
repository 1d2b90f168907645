using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FineTune.Datasets.Repair;

namespace FineTune.Local.Cli;

/// <summary><c>finetune fix FILE</c>: mends what can be mended without changing what an example says.</summary>
internal static class FixCommand
{
    private const string Description =
        """
        Mend what is safe in a dataset and write it anew. Safe are byte order marks, UTF-16, line ends, blank lines, an array or
        pretty-printed JSON instead of lines, stray commas, raw tabs, Python's True and None, roles in capitals, weights that are no
        numbers, and more. Every repair names the rule it cures; what needs a person is left as it is and listed.

        Examples:
          finetune fix support.jsonl                       writes support.fixed.jsonl
          finetune fix export.json --output support.jsonl  an array becomes lines
          finetune fix support.jsonl --diff                also shows each changed line, before and after

        Ends with 0 when every line is an example now, with 3 when some are not.
        """;

    private static readonly Argument<FileInfo> File = SourceFile.Argument("The dataset.");
    private static readonly Option<string?> Output = SourceFile.Output("NAME.fixed.jsonl");
    private static readonly Option<int> Changes = CountOption.Create("--changes", "Show so many repairs; all are counted.", 20);
    private static readonly Option<bool> Diff = new("--diff") { Description = "Show so many changed lines, before and after. No text of the dataset is shown otherwise." };

    public static Command Create()
    {
        Command command = new("fix", Description) { File, Output, Changes, Diff };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetRequiredValue(File);
        await using FileStream source = SourceFile.Open(file);
        await using NewFile output = NewFile.Create(parsed.GetValue(Output) ?? SourceFile.Beside(file, ".fixed.jsonl"));
        RepairReport report = await new DatasetRepair().RunAsync(source, output.Content, cancellationToken);
        SourceFile.RequireExamples(file, report.LinesWritten);
        await output.KeepAsync();
        if (parsed.GetValue(Diff))
        {
            await ShowDiffAsync(source, report, file.Name, output.Path, parsed, cancellationToken);
        }

        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(report, RepairJson.Default.RepairReport) : Text(report, file.Name, output.Path, parsed.GetValue(Changes)));
        return report.LinesLeft == 0 ? ExitCode.Done : ExitCode.Invalid;
    }

    private static async Task ShowDiffAsync(
        FileStream source, RepairReport report, string name, string output, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using FileStream written = System.IO.File.OpenRead(output);
        TextWriter screen = parsed.IsJson() ? Console.Error : Console.Out;
        await screen.WriteLineAsync($"--- {name}{Environment.NewLine}+++ {output}");
        foreach (string line in await RepairDiff.ReadAsync(source, written, report, parsed.GetValue(Changes), cancellationToken))
        {
            await screen.WriteLineAsync(line);
        }

        await screen.WriteLineAsync();
    }

    private static string Text(RepairReport report, string source, string output, int changes)
    {
        List<string> lines = [];
        foreach (LineRepair change in report.Changes.Take(changes))
        {
            string written = change.LineWritten is null || change.LineWritten == change.Line ? "" : $" Now line {change.LineWritten}.";
            lines.Add($"{source}:{change.Line}: {change.Code}: {report.Repairs.First(repair => repair.Code == change.Code).Did}{written}");
        }

        long more = report.Changes.Skip(changes).LongCount() + report.ChangesLeftOut;
        if (more > 0)
        {
            lines.Add($"… and {more:N0} more; --changes shows more of them.");
        }

        lines.AddRange(report.Left.Take(changes).Select(left => $"{source}:{left.Line}: left as it is: {left.Code}. Fix: {left.Fix}"));
        lines.Add("");
        lines.AddRange(report.Repairs.Select(repair => $"{repair.Count,9:N0}  {repair.Code,-24} {repair.Did} First in line {repair.FirstLine}."));
        lines.Add(report.Repairs.Count == 0 ? "Nothing was to be mended." : "");
        lines.Add($"{Amount.Of(report.Lines, "line")} read, {report.LinesWritten:N0} written to {output}; {Rest(report)}.");
        lines.Add($"Check it: {ProgramName.Text} validate {output}");
        return string.Join(Environment.NewLine, lines);
    }

    private static string Rest(RepairReport report) => report.LinesLeft switch
    {
        0 => "each can be read now",
        1 => "1 of them still cannot be read",
        var left => string.Create(CultureInfo.InvariantCulture, $"{left:N0} of them still cannot be read"),
    };
}
