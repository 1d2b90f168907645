using System.CommandLine;
using FineTune.Catalogue;
using FineTune.Datasets;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reports;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune validate FILE</c>: the whole inspection, and nothing else; no provider, no data folder.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The dataset, JSONL." };
    private static readonly Option<string?> Model = new("--model") { Description = "The base model to judge it for.", HelpName = "name" };
    private static readonly Option<string?> Method = new("--method") { Description = "supervised (the default), dpo or reinforcement." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "For the price; the default is the provider's usual choice." };
    private static readonly Option<DatasetRole> Role = new("--as") { Description = "What it is for.", DefaultValueFactory = _ => DatasetRole.Training };

    private static readonly Option<string> Provider = new("--provider")
    {
        Description = "Whose closing dates of models count: openai, azure or other (no dates).",
        DefaultValueFactory = _ => ProviderName.OpenAi,
    };

    private static readonly Option<FileInfo?> Training = new("--training")
    {
        Description = "The training dataset of a validation one: finds what stands in both, exactly or nearly.",
        HelpName = "file",
    };

    private static readonly Option<bool> ShowLines = new("--show-lines") { Description = "Show the lines with problems on that page. Training text is in no report otherwise." };

    public static Command Create()
    {
        Command command = new("validate", "Report every problem of a dataset by line, its tokens and its price. Sends nothing anywhere.")
        {
            File, Model, Method, Epochs, Role, Provider, ReportPage.Problems, Training, GraderFiles.Grader, GraderFiles.ResponseFormat,
            ReportPage.Html, ShowLines,
        };
        Method.AcceptOnlyFromAmong("supervised", "dpo", "reinforcement");
        Provider.AcceptOnlyFromAmong(ProviderName.OpenAi, ProviderName.Azure, ProviderName.Other);
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = SourceFile.Existing(parsed.GetRequiredValue(File));
        if (parsed.GetValue(ShowLines) && parsed.GetValue(ReportPage.Html) is null)
        {
            throw new InvalidRequestException("--show-lines shows lines on the page. Say where to write it: --html FILE.");
        }

        DatasetReport report = await InspectAsync(parsed, file, cancellationToken);
        await ReportPage.PrintAsync(
            parsed, report, file.ToString(), parsed.GetValue(ShowLines) ? await ReadLinesAsync(file, report, cancellationToken) : null, cancellationToken);
        return report.IsTrainable ? ExitCode.Done : ExitCode.Invalid;
    }

    private static async Task<DatasetReport> InspectAsync(ParseResult parsed, FileInfo file, CancellationToken cancellationToken)
    {
        DatasetRole role = parsed.GetValue(Training) is null ? parsed.GetValue(Role) : DatasetRole.Validation;
        StartRequest request = await ReadRequestAsync(parsed, file, role, cancellationToken);
        FineTuneSpec spec = request.ToSpec(new FineTuneOptions().Model);
        DatasetInspector inspector = new(ModelCatalogue.BuiltIn, TimeProvider.System, provider: parsed.GetRequiredValue(Provider));
        Grader? grader = request.ToGrader();
        ExampleIndex training = new();
        if (parsed.GetValue(Training) is { } trainingFile)
        {
            await using FileStream first = SourceFile.Open(trainingFile);
            await inspector.InspectAsync(trainingFile.Name, first, spec, DatasetRole.Training, training, cancellationToken, grader);
        }

        await using FileStream stream = file.OpenRead();
        return await inspector.InspectAsync(file.Name, stream, spec, role, training, cancellationToken, grader);
    }

    /// <summary>As a run of this file would be asked for: what the options leave open stands in the file beside the dataset.</summary>
    private static async Task<StartRequest> ReadRequestAsync(ParseResult parsed, FileInfo file, DatasetRole role, CancellationToken cancellationToken)
    {
        StartRequest asked = new()
        {
            Model = parsed.GetValue(Model),
            Method = TrainingMethods.Find(parsed.GetValue(Method)),
            Epochs = parsed.GetValue(Epochs),
            Grader = await parsed.ReadJsonAsync(GraderFiles.Grader, cancellationToken),
            ResponseFormat = await parsed.ReadJsonAsync(GraderFiles.ResponseFormat, cancellationToken),
        };
        return asked.Over(await SettingsBeside.ReadAsync(file, role is DatasetRole.Validation, cancellationToken));
    }

    private static async Task<IReadOnlyDictionary<int, string>> ReadLinesAsync(FileInfo dataset, DatasetReport report, CancellationToken cancellationToken)
    {
        await using FileStream stream = dataset.OpenRead();
        return await LineExcerpts.ReadAsync(stream, report, cancellationToken);
    }
}
