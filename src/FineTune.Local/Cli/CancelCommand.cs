using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune cancel RUN</c>: also for a run that another process works on, or that nobody works on right now.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        Command command = new("cancel", "Ask a run to stop at the next safe place.") { RunArgument.Run };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        string runId = await RunArgument.ResolveAsync(session, parsed, cancellationToken);
        RunView run = await session.Get<CancelRun>().RunAsync(runId, Environment.UserName, cancellationToken);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(run, FineTuneJson.Default.RunView)
            : run.Status is RunStatus.Running ? $"Asked run {runId} to stop. See how it ends: {ProgramName.Text} status {runId}{session.DataOption}"
            : $"Run {runId} is over already: {run.Status}. {run.Detail}");
        await session.TellIfIdleAsync(run);
        return ExitCode.Done;
    }
}
