using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune list</c>: the runs, newest first.</summary>
internal static class ListCommand
{
    private static readonly Option<RunStatus?> Status = new("--status") { Description = "Only runs that stand like this." };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 50 };

    public static Command Create()
    {
        Command command = new("list", "List the runs, newest first.") { Status, Limit };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        IReadOnlyList<RunView> runs = await session.Get<ListRuns>().RunAsync(parsed.GetValue(Status), parsed.GetValue(Limit), cancellationToken);
        if (parsed.IsJson())
        {
            Console.WriteLine(JsonSerializer.Serialize([.. runs], FineTuneJson.Default.RunViewArray));
            return ExitCode.Done;
        }

        foreach (RunView run in runs)
        {
            Console.WriteLine($"{run.RunId,-24} {StandOf(run),-14} {run.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}  {run.Dataset,-32} {run.ModelId}");
        }

        if (runs.Count == 0)
        {
            await Console.Error.WriteLineAsync(parsed.GetValue(Status) is { } status ? $"No run is {status}." : $"There is no run yet. Start one: {ProgramName.Text} run FILE.");
        }

        return ExitCode.Done;
    }

    private static string StandOf(RunView run) => run switch
    {
        { Status: not RunStatus.Running } => run.Status.ToString(),
        { Paused: not null } => "Paused",
        { AwaitsApproval: true } => "NeedsApproval",
        _ => run.Status.ToString(),
    };
}
