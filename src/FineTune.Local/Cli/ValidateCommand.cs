using System.CommandLine;
using System.Text.Json;
using FineTune.Catalogue;
using FineTune.Datasets;
using FineTune.Datasets.Reports;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Provider;

namespace FineTune.Local.Cli;

/// <summary><c>finetune validate FILE</c>: the whole inspection, and nothing else; no provider, no data folder.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The dataset, JSONL." };
    private static readonly Option<string?> Model = new("--model") { Description = "The base model to judge it for.", HelpName = "name" };
    private static readonly Option<string?> Method = new("--method") { Description = "supervised (the default) or dpo." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "For the price; the default is the provider's usual choice." };
    private static readonly Option<DatasetRole> Role = new("--as") { Description = "What it is for.", DefaultValueFactory = _ => DatasetRole.Training };

    private static readonly Option<string> Provider = new("--provider")
    {
        Description = "Whose closing dates of models count: openai, azure or other (no dates).",
        DefaultValueFactory = _ => DatasetInspector.OpenAi,
    };

    private static readonly Option<int> Problems = new("--problems") { Description = "Show so many problems; all are counted.", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        Command command = new("validate", "Report every problem of a dataset by line, its tokens and its price. Sends nothing anywhere.")
        {
            File, Model, Method, Epochs, Role, Provider, Problems,
        };
        Method.AcceptOnlyFromAmong("supervised", "dpo");
        Provider.AcceptOnlyFromAmong(DatasetInspector.OpenAi, DatasetInspector.Azure, ProviderName.Other);
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetRequiredValue(File);
        if (!file.Exists)
        {
            throw new InvalidRequestException($"There is no file '{file.FullName}'.");
        }

        FineTuneSpec spec = new StartRequest
        {
            Model = parsed.GetValue(Model),
            Method = parsed.GetValue(Method) == "dpo" ? TrainingMethod.Preference : TrainingMethod.Supervised,
            Epochs = parsed.GetValue(Epochs),
        }.ToSpec(new FineTuneOptions().Model);
        await using FileStream stream = file.OpenRead();
        DatasetInspector inspector = new(ModelCatalogue.BuiltIn, TimeProvider.System, provider: parsed.GetRequiredValue(Provider));
        DatasetReport report = await inspector.InspectAsync(file.Name, stream, spec, parsed.GetValue(Role), cancellationToken);
        Console.WriteLine(parsed.IsJson()
            ? JsonSerializer.Serialize(report, ReportJsonContext.Default.DatasetReport)
            : ReportText.Of(report, parsed.GetValue(Problems), Console.IsOutputRedirected ? 120 : Console.WindowWidth));
        return report.IsTrainable ? ExitCode.Done : ExitCode.Invalid;
    }
}
