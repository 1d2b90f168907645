using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune lineage RUN|MODEL|ALIAS</c>: dataset hash, files, job, model and alias in one JSON.</summary>
internal static class LineageCommand
{
    private static readonly Argument<string> Subject = new("name") { Description = "A run's id, a model's, or an alias." };

    public static Command Create()
    {
        Command command = new("lineage", "Export where a model comes from, as one JSON: dataset, files, job, model, alias.") { Subject };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        Lineage lineage = await session.Get<ReadLineage>().RunAsync(parsed.GetRequiredValue(Subject), cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(lineage, FineTuneJson.Default.Lineage));
        return ExitCode.Done;
    }
}
