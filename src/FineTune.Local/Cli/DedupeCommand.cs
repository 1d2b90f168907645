using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FineTune.Datasets.Dedupe;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune dedupe FILE</c>: every example once.</summary>
internal static class DedupeCommand
{
    private const string Description =
        """
        Write a dataset anew without repeated examples. The first of them is kept, and each that is dropped is named with the line it repeats.

        Examples:
          finetune dedupe support.jsonl               the very same only, whatever their white space
          finetune dedupe support.jsonl --near 0.9    also those that share nine tenths of their word triples

        A near search leaves out system messages, tools, and what stands in more than a tenth of the examples, as templates do.
        """;

    private static readonly Argument<FileInfo> File = SourceFile.Argument("The dataset, JSONL.");
    private static readonly Option<string?> Output = SourceFile.Output("NAME.deduped.jsonl");
    private static readonly Option<int> Lines = CountOption.Create("--lines", "Show so many of the dropped lines; --json lists them all.", 20);

    private static readonly Option<double?> Near = NumberOption.Create("--near", "Drop what is at least so alike, from 0.5 to 1.");

    public static Command Create()
    {
        Command command = new("dedupe", Description) { File, Near, Output, Lines };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetRequiredValue(File);
        double? near = parsed.GetValue(Near);
        if (near is < 0.5 or > 1)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"--near is {near}; expected 0.5 to 1: below that, examples have little in common."));
        }

        SourceFile.Open(file).Dispose();
        await using NewFile output = NewFile.Create(parsed.GetValue(Output) ?? SourceFile.Beside(file, ".deduped.jsonl"));
        DedupeReport report = await new DatasetDedupe(new DedupeOptions { Near = near }).RunAsync(() => SourceFile.Open(file), output.Content, cancellationToken);
        SourceFile.RequireExamples(file, report.Kept);
        await output.KeepAsync();
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(report, DedupeJson.Default.DedupeReport) : Text(report, file.Name, output.Path, parsed.GetValue(Lines)));
        return ExitCode.Done;
    }

    private static string Text(DedupeReport report, string source, string output, int count)
    {
        List<string> lines = [];
        foreach (DroppedExample dropped in report.Dropped.Take(count))
        {
            string likeness = dropped.Likeness.ToString("0.00", CultureInfo.InvariantCulture);
            lines.Add($"{source}:{dropped.Line}: dropped, {(dropped.Likeness < 1 ? $"{likeness} like" : "the same as")} line {dropped.LikeLine}");
        }

        if (!report.ComparedAll)
        {
            lines.Add("There are more examples than are remembered; a duplicate among the last may be left.");
        }

        lines.Add($"{Amount.Of(report.Examples, "example")}, {report.Kept:N0} written to {output}; dropped {report.Same:N0} that repeat another and {report.Near:N0} that are like one.");
        return string.Join(Environment.NewLine, lines);
    }
}
