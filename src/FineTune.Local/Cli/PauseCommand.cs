using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune pause RUN</c> and <c>finetune resume RUN</c>: also for a run that another process works on, or that nobody works on right now.</summary>
internal static class PauseCommand
{
    public static Command CreatePause()
    {
        Command command = new("pause", "Hold a run: it begins nothing that costs money, and its job is asked to pause.") { RunArgument.Run };
        command.SetGuardedAction((parsed, cancellationToken) => RunAsync(
            parsed, (session, runId) => session.Get<PauseRun>().RunAsync(runId, Environment.UserName, cancellationToken), cancellationToken));
        return command;
    }

    public static Command CreateResume()
    {
        Command command = new("resume", "Let a paused run go on.") { RunArgument.Run };
        command.SetGuardedAction((parsed, cancellationToken) => RunAsync(
            parsed, (session, runId) => session.Get<ResumeRun>().RunAsync(runId, Environment.UserName, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<LocalSession, string, Task<RunView>> operation, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        RunView run = await operation(session, await RunArgument.ResolveAsync(session, parsed, cancellationToken));
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(run, FineTuneJson.Default.RunView)
            : run.Status is not RunStatus.Running ? $"Run {run.RunId} is over already: {run.Status}. {run.Detail}"
            : run.Paused is { } pause ? $"Run {run.RunId} is paused by {pause.By}. Let it go on: {ProgramName.Text} resume {run.RunId}{session.DataOption}"
            : $"Run {run.RunId} goes on. See how: {ProgramName.Text} status {run.RunId}{session.DataOption}");
        await session.TellIfIdleAsync(run);
        return ExitCode.Done;
    }
}
