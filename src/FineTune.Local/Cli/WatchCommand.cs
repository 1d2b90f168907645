using System.CommandLine;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune watch RUN</c>: looks on until a run is over, while another process works on it.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        Command command = new("watch", "Follow a run live that another process works on, such as `finetune serve`.") { RunArgument.Run };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        string runId = await RunArgument.ResolveAsync(session, parsed, cancellationToken);
        RunView now = await session.Get<GetRun>().RunAsync(runId, cancellationToken);
        await session.TellIfIdleAsync(now);
        RunView ended = await RunProgress.FollowAsync(session, now, parsed.IsJson(), cancellationToken);
        await RunEnd.PrintAsync(ended, session, parsed.IsJson(), cancellationToken);
        return ExitCode.Of(ended.Status, ended.ModelId is not null);
    }
}
