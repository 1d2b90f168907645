using System.CommandLine;
using System.Text.Json;
using FineTune.Datasets.Split;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune split FILE</c>: training, validation and test examples that have nothing in common.</summary>
internal static class SplitCommand
{
    private const string Description =
        """
        Divide a dataset into training, validation and test files without a leak. Examples that are the same, or have the same prompt,
        go to the same file. The same seed gives the same files.

        Examples:
          finetune split support.jsonl                                 a tenth for validation
          finetune split support.jsonl --validation 200 --test 0.1     200 examples, and a tenth of all
          finetune split labels.jsonl --stratify answer                every label in each file, in its proportion
          finetune split calls.jsonl --group-by customer               one customer's examples stay together; the key is left out

        Writes NAME.train.jsonl, NAME.train.validation.jsonl (which `finetune run NAME.train.jsonl` finds) and NAME.test.jsonl. The settings
        beside the dataset, NAME.finetune.json, are copied to NAME.train.finetune.json.
        """;

    private static readonly Argument<FileInfo> File = SourceFile.Argument("The dataset, JSONL.");
    private static readonly Option<string> Validation = Share("--validation", "For validation", "0.1");
    private static readonly Option<string> Test = Share("--test", "For a test", "0");
    private static readonly Option<int> Seed = new("--seed") { Description = "Another one gives another division.", DefaultValueFactory = _ => new SplitOptions().Seed };

    private static readonly Option<string> GroupBy = new("--group-by")
    {
        Description = "What stays together: prompt, example (only the very same), or a field such as customer or metadata.customer.",
        HelpName = "what",
        DefaultValueFactory = _ => SplitOptions.ByPrompt,
    };

    private static readonly Option<string?> Stratify = new("--stratify")
    {
        Description = "What every file gets its part of: answer, or a field.",
        HelpName = "what",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The beginning of the files' names; the default is the file's own, beside it.",
        HelpName = "name",
    };

    public static Command Create()
    {
        Command command = new("split", Description) { File, Validation, Test, Seed, GroupBy, Stratify, Output };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetRequiredValue(File);
        SplitOptions options = new()
        {
            Validation = ReadShare(parsed, Validation),
            Test = ReadShare(parsed, Test),
            Seed = parsed.GetValue(Seed),
            GroupBy = parsed.GetRequiredValue(GroupBy),
            StratifyBy = parsed.GetValue(Stratify),
        };
        if (options.Validation.IsNone && options.Test.IsNone)
        {
            throw new InvalidRequestException("Neither validation nor test gets anything. Give one of them a share: --validation 0.1.");
        }

        await using FileStream source = SourceFile.Open(file);
        string name = parsed.GetValue(Output) ?? SourceFile.Beside(file, "");
        await using NewFile train = NewFile.Create($"{name}.train.jsonl");
        await using NewFile validation = NewFile.Create($"{name}.train.validation.jsonl");
        await using NewFile test = NewFile.Create($"{name}.test.jsonl");
        await using NewFile? settings = await CopySettingsAsync(file, name, cancellationToken);
        SplitReport report = await new DatasetSplit(options).RunAsync(source, train.Content, validation.Content, test.Content, cancellationToken);
        await KeepAsync(train, report.Train);
        await KeepAsync(validation, report.Validation);
        await KeepAsync(test, report.Test);
        await (settings?.KeepAsync() ?? Task.CompletedTask);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(report, SplitJson.Default.SplitReport) : Text(report, train.Path, validation.Path, test.Path, settings?.Path));
        return ExitCode.Done;
    }

    /// <summary>What the dataset was to be trained with, its training split is, too.</summary>
    private static async Task<NewFile?> CopySettingsAsync(FileInfo file, string name, CancellationToken cancellationToken)
    {
        FileInfo settings = new(SourceFile.Beside(file, DatasetNames.SpecSuffix));
        if (!settings.Exists)
        {
            return null;
        }

        NewFile copy = NewFile.Create($"{name}.train{DatasetNames.SpecSuffix}");
        await using FileStream source = settings.OpenRead();
        await source.CopyToAsync(copy.Content, cancellationToken);
        return copy;
    }

    private static Task KeepAsync(NewFile file, int examples) => examples > 0 ? file.KeepAsync() : Task.CompletedTask;

    private static string Text(SplitReport report, string train, string validation, string test, string? settings)
    {
        List<string> lines = [$"{Amount.Of(report.Examples, "example")} in {Amount.Of(report.Groups, "group")}, the largest of {report.LargestGroup:N0}; seed {report.Seed}."];
        foreach ((int examples, string path) in new[] { (report.Train, train), (report.Validation, validation), (report.Test, test) })
        {
            if (examples > 0)
            {
                lines.Add($"{examples,9:N0}  {path}");
            }
        }

        if (settings is not null)
        {
            lines.Add($"{"settings",9}  {settings}");
        }

        if (report.WithoutGroup > 0)
        {
            lines.Add($"{Amount.Of(report.WithoutGroup, "example")} without the field to group by: grouped by the prompt.");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static SplitShare ReadShare(ParseResult parsed, Option<string> option) => SplitShare.TryParse(parsed.GetValue(option), out SplitShare share)
        ? share
        : throw new InvalidRequestException($"{option.Name} is '{parsed.GetValue(option)}'; expected a fraction below 1 (0.1) or a whole number of examples (200).");

    private static Option<string> Share(string name, string purpose, string standard) => new(name)
    {
        Description = $"{purpose}: a fraction below 1, or so many examples.",
        HelpName = "share",
        DefaultValueFactory = _ => standard,
    };
}
