using System.Globalization;
using System.Text.Json;
using FineTune.Datasets.Reports;
using FineTune.Hosting;
using FineTune.Local.Storage;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>What is said of a run that is over: the model, where the report is, and what to do next.</summary>
internal static class RunEnd
{
    public static async Task PrintAsync(RunView run, LocalSession session, bool asJson, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(run, FineTuneJson.Default.RunView));
            return;
        }

        Console.WriteLine();
        if (run.Status is RunStatus.Invalid)
        {
            await PrintProblemsAsync(run, session, cancellationToken);
        }

        Console.WriteLine(run.Detail is null ? run.Status.ToString() : $"{run.Status}: {run.Detail}");
        foreach ((string name, string? value) in Facts(run, session, await AliasOfAsync(run, session, cancellationToken)))
        {
            if (value is not null)
            {
                Console.WriteLine($"  {name,-8} {value}");
            }
        }
    }

    private static async Task PrintProblemsAsync(RunView run, LocalSession session, CancellationToken cancellationToken)
    {
        if (await session.Get<ReadReport>().FindAsync(run.RunId, cancellationToken) is { } report)
        {
            Console.WriteLine(ReportText.Of(report));
        }
    }

    private static Task<AliasView?> AliasOfAsync(RunView run, LocalSession session, CancellationToken cancellationToken)
        => run is { Status: RunStatus.Succeeded, Alias: not null }
            ? session.Get<ReadAlias>().RunAsync(run.Alias, cancellationToken)
            : Task.FromResult<AliasView?>(null);

    private static IEnumerable<(string Name, string? Value)> Facts(RunView run, LocalSession session, AliasView? alias)
    {
        // An alias that nobody holds may be about to move: the row is written first.
        bool isHeldElsewhere = alias is { Held: true } && alias.ModelId != run.ModelId;
        string? name = run.Status is RunStatus.Succeeded && !isHeldElsewhere ? run.Alias ?? run.ModelId : run.ModelId;
        yield return ("model", run.ModelId);
        yield return ("alias", run.Status is not RunStatus.Succeeded ? null : isHeldElsewhere ? $"{run.Alias} stays at {alias!.ModelId}" : run.Alias);
        yield return ("paused", run is { Status: RunStatus.Running, Paused: { } pause } ? $"by {pause.By}, {pause.At.ToLocalTime():yyyy-MM-dd HH:mm}" : null);
        yield return ("asks", run.AwaitsApproval ? $"{run.ApprovalRequest!.Reason}; answer with {ProgramName.Text} approve {run.RunId}{session.DataOption} (or reject)" : null);
        yield return ("approval", run.Approval is { } said ? $"{(said.Approved ? "approved" : "refused")} by {said.By}, {said.At.ToLocalTime():yyyy-MM-dd HH:mm}" : null);
        yield return ("alarm", run.Status is RunStatus.Running ? run.Alarm?.Detail : null);
        yield return ("tokens", Tokens(run));
        yield return ("price", Price(run));
        yield return ("cost", run.Cost is null ? null : string.Create(CultureInfo.InvariantCulture, $"{run.Cost:0.00##} USD for the trained tokens, list price"));
        yield return ("report", run.Report);
        yield return ("metrics", run.Status is RunStatus.Succeeded ? session.Get<FolderDatasetStore>().PathBeside(run.Dataset, Activities.ReportFile.MetricsSuffixFor(run.RunId)) : null);
        yield return ("ask it", name is null ? null : $"{ProgramName.Text} ask {ShellWord.Of(name)} \"your question\"{session.DataOption}");
    }

    private static string? Price(RunView run) => run.PriceHigh is null ? null
        : run.PriceLow == run.PriceHigh ? string.Create(CultureInfo.InvariantCulture, $"estimated {run.PriceHigh:0.00##} USD, list price")
        : string.Create(CultureInfo.InvariantCulture, $"estimated {run.PriceLow:0.00##} to {run.PriceHigh:0.00##} USD, list price");

    private static string? Tokens(RunView run) => run.Tokens is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Tokens:N0} in the dataset{(run.TrainedTokens is null ? "" : $", {run.TrainedTokens:N0} trained over all epochs")}");
}
