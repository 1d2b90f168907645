using System.Globalization;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>What is said of a run that is over: the model, where the report is, and what to do next.</summary>
internal static class RunEnd
{
    public static void Print(RunView run, LocalSession session, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(run, FineTuneJson.Default.RunView));
            return;
        }

        Console.WriteLine();
        Console.WriteLine($"{run.Status}: {run.Detail}");
        foreach ((string name, string? value) in Facts(run, session.Get<FolderDatasetStore>()))
        {
            if (value is not null)
            {
                Console.WriteLine($"  {name,-8} {value}");
            }
        }
    }

    private static IEnumerable<(string Name, string? Value)> Facts(RunView run, FolderDatasetStore store)
    {
        string model = run.Alias ?? run.ModelId ?? "";
        yield return ("model", run.ModelId);
        yield return ("alias", run.Status is RunStatus.Succeeded ? run.Alias : null);
        yield return ("tokens", Tokens(run));
        yield return ("report", run.Report);
        yield return ("metrics", run.Status is RunStatus.Succeeded ? store.PathBeside(run.Dataset, Activities.ReportFile.MetricsSuffixFor(run.RunId)) : null);
        yield return ("ask it", run.ModelId is null ? null : $"finetune ask {model} \"your question\"");
    }

    private static string? Tokens(RunView run) => run.Tokens is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Tokens:N0} in the dataset{(run.TrainedTokens is null ? "" : $", {run.TrainedTokens:N0} trained over all epochs")}");
}
