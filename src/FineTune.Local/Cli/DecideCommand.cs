using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune approve RUN</c> and <c>finetune reject RUN</c>: the answer to a run whose price is above the limit.</summary>
internal static class DecideCommand
{
    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The hash of content and settings that you looked at (`key` in status --json); refused where the run has another.",
        HelpName = "hash",
    };

    public static Command Create(bool approve)
    {
        Command command = new(
            approve ? "approve" : "reject",
            approve ? "Let a run go on that waits because its price is above the limit." : "End a run that waits for approval; nothing is uploaded.")
        {
            RunArgument.Run, Key,
        };
        command.SetGuardedAction((parsed, cancellationToken) => RunAsync(parsed, approve, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, bool approve, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        string runId = await RunArgument.ResolveAsync(session, parsed, cancellationToken);
        RunView run = await session.Get<DecideRun>().RunAsync(runId, new Decision(approve, Environment.UserName, parsed.GetValue(Key)), cancellationToken);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(run, FineTuneJson.Default.RunView)
            : $"Run {runId} is {(approve ? "approved" : "rejected")}. See how it goes on: {ProgramName.Text} status {runId}{session.DataOption}");
        await session.TellIfIdleAsync(run);
        return ExitCode.Done;
    }
}
