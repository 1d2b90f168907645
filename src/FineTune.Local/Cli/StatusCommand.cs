using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary><c>finetune status RUN</c>: where one run is, also while another process works on it.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Events = new("--events") { Description = "Also every event the provider told, oldest first." };

    public static Command Create()
    {
        Command command = new("status", "Show one run: where it is, or how it ended.") { RunArgument.Run, Events };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        string runId = await RunArgument.ResolveAsync(session, parsed, cancellationToken);
        RunView run = await session.Get<GetRun>().RunAsync(runId, cancellationToken);
        IReadOnlyList<RunEvent> events = parsed.GetValue(Events) ? await session.Get<ListEvents>().RunAsync(runId, cancellationToken) : [];
        if (parsed.IsJson())
        {
            Console.WriteLine(parsed.GetValue(Events)
                ? JsonSerializer.Serialize([.. events], FineTuneJson.Default.RunEventArray)
                : JsonSerializer.Serialize(run, FineTuneJson.Default.RunView));
            return ExitCode.Done;
        }

        Console.WriteLine($"{run.RunId}  {run.Dataset}  {run.BaseModel}");
        if (run.Progress is not null)
        {
            Console.WriteLine(ProgressText.Of(run.Progress));
        }

        foreach (RunEvent told in events)
        {
            Console.WriteLine($"  {told.CreatedAt:yyyy-MM-dd HH:mm:ss}  {told.Level,-5}  {told.Message}");
        }

        await RunEnd.PrintAsync(run, session, asJson: false, cancellationToken);
        await session.TellIfIdleAsync(run);
        return ExitCode.Done;
    }
}
