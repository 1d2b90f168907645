using System.CommandLine;
using System.Text.Json;
using FineTune.Datasets.Conversion;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune convert FILE</c>: a table, or JSON of another format, becomes a dataset.</summary>
internal static class ConvertCommand
{
    private const string Description =
        """
        Make a dataset of a table (CSV, TSV, XLSX), plain text or JSON of another format. JSON is recognised: prompt/completion, chat,
        question/answer, instruction/output, ShareGPT, Gemini, or flat objects whose keys are named like columns.

        Examples:
          finetune convert faq.csv --system "You answer for the shop."           columns question and answer are found
          finetune convert faq.xlsx --sheet Answers --prompt Frage --answer Antwort
          finetune convert old.jsonl --to chat                                   prompt/completion becomes chat
          finetune convert faq.csv --to completion --separator "\n\n###\n\n" --stop "###"
          finetune convert votes.csv --to dpo --answer better --rejected worse

        Ends with 3, and writes nothing, when a row cannot be converted; the rows are named. Questions about a document have to be
        written first, by a person or a model: this command only brings them into the format.
        """;

    private static readonly Argument<FileInfo> File = SourceFile.Argument("The table, text or JSON.");
    private static readonly Option<string?> Output = SourceFile.Output("NAME.jsonl, or NAME.FORMAT.jsonl for a .jsonl file,");
    private static readonly Option<string> To = Word("--to", "The format to write.", "chat", "chat", "completion", "dpo");
    private static readonly Option<string> From = Word("--from", "What the file is; auto goes by its name.", "auto", "auto", "csv", "tsv", "xlsx", "json", "text");
    private static readonly Option<string?> Prompt = Column("--prompt", "The column, or key, of the prompts.");
    private static readonly Option<string?> Answer = Column("--answer", "The column, or key, of the answers; for dpo of the better ones.");
    private static readonly Option<string?> Rejected = Column("--rejected", "The column, or key, of the worse answers, for dpo.");
    private static readonly Option<string?> SystemColumn = Column("--system-column", "The column, or key, of system messages.");
    private static readonly Option<string?> SystemText = new("--system") { Description = "The system message where a row brings none.", HelpName = "text" };
    private static readonly Option<string> Separator = Mark("--separator", "Ends every prompt, for completion.", @"\n\n###\n\n");
    private static readonly Option<string> Stop = Mark("--stop", "Ends every completion, for completion.", "###");
    private static readonly Option<string> Delimiter = Mark("--delimiter", "Parts the cells of a CSV file.", ",");
    private static readonly Option<string?> Sheet = new("--sheet") { Description = "Of a workbook; the default is the first.", HelpName = "name" };

    public static Command Create()
    {
        Command command = new("convert", Description)
        {
            File, To, From, Prompt, Answer, Rejected, SystemText, SystemColumn, Separator, Stop, Delimiter, Sheet, Output,
        };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetRequiredValue(File);
        ConvertOptions options = Read(parsed, file);
        await using FileStream source = SourceFile.Open(file);
        await using NewFile output = NewFile.Create(parsed.GetValue(Output) ?? SourceFile.Beside(file, Suffix(file, options.Target)));
        ConvertReport report = await new DatasetConvert(options).RunAsync(source, output.Content, cancellationToken);
        if (report.ProblemCount == 0 && report.Written > 0)
        {
            await output.KeepAsync();
        }

        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(report, ConvertJson.Default.ConvertReport) : Text(report, options, file.Name, output.Path));
        return report.ProblemCount == 0 && report.Written > 0 ? ExitCode.Done : ExitCode.Invalid;
    }

    private static ConvertOptions Read(ParseResult parsed, FileInfo file) => new()
    {
        Source = SourceOf(parsed.GetRequiredValue(From), file),
        Target = parsed.GetRequiredValue(To) switch { "completion" => ConvertTarget.Completion, "dpo" => ConvertTarget.Preference, _ => ConvertTarget.Chat },
        Columns = new ColumnNames
        {
            Prompt = parsed.GetValue(Prompt),
            Answer = parsed.GetValue(Answer),
            Rejected = parsed.GetValue(Rejected),
            System = parsed.GetValue(SystemColumn),
        },
        System = parsed.GetValue(SystemText),
        Separator = ReadMark(parsed, Separator),
        Stop = ReadMark(parsed, Stop),
        Delimiter = Unescape(parsed.GetRequiredValue(Delimiter)) is [var one]
            ? one
            : throw new InvalidRequestException("--delimiter is not one character; expected one, such as ; or \\t."),
        Sheet = parsed.GetValue(Sheet),
    };

    private static ConvertSource SourceOf(string from, FileInfo file) => (from == "auto" ? file.Extension.TrimStart('.').ToUpperInvariant() : from.ToUpperInvariant()) switch
    {
        "CSV" => ConvertSource.Csv,
        "TSV" or "TAB" => ConvertSource.Tsv,
        "XLSX" or "XLSM" => ConvertSource.Xlsx,
        "JSON" or "JSONL" or "NDJSON" => ConvertSource.Json,
        "TXT" or "TEXT" => ConvertSource.Text,
        _ => throw new InvalidRequestException($"The name '{file.Name}' does not say what the file is. Say it: --from csv, tsv, xlsx, json or text."),
    };

    private static string Text(ConvertReport report, ConvertOptions options, string source, string output)
    {
        List<string> lines = [.. report.Problems.Take(20).Select(problem => $"{source}: row {problem.Row}: {problem.Message}")];
        if (report.ProblemCount > 0 || report.Written == 0)
        {
            lines.Add(report.Rows == 0
                ? $"'{source}' holds no row to convert. Nothing was written."
                : $"Nothing was written: {report.ProblemCount:N0} of {Amount.Of(report.Rows, "row")} cannot be converted.");
            return string.Join(Environment.NewLine, lines);
        }

        lines.Add($"{Amount.Of(report.Written, "example")} written to {output}.");
        if (options.Target == ConvertTarget.Completion)
        {
            lines.Add($"At inference end every prompt with {JsonSerializer.Serialize(options.Separator, CliJson.Default.String)} and give {JsonSerializer.Serialize(options.Stop, CliJson.Default.String)} as stop.");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string Suffix(FileInfo file, ConvertTarget target) => !file.Extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase) ? ".jsonl"
        : target switch { ConvertTarget.Completion => ".completion.jsonl", ConvertTarget.Preference => ".dpo.jsonl", _ => ".chat.jsonl" };

    private static string ReadMark(ParseResult parsed, Option<string> option) => Unescape(parsed.GetRequiredValue(option)) is { Length: > 0 } mark
        ? mark
        : throw new InvalidRequestException($"{option.Name} is empty; expected a text that stands in no prompt or completion, such as ###.");

    private static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "name" };

    private static Option<string> Mark(string name, string description, string standard)
        => new(name) { Description = description, HelpName = "text", DefaultValueFactory = _ => standard };

    private static Option<string> Word(string name, string description, string standard, params string[] words)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
