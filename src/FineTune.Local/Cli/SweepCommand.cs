using System.CommandLine;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Sweeping;

namespace FineTune.Local.Cli;

/// <summary><c>finetune sweep</c>: puts right what crashes and lost storage left behind, and sees what it started to its end.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        Command command = new("sweep", "Write lost runs again from the provider's jobs, start missed datasets, delete files nobody needs.");
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = await LocalSession.OpenWithEngineAsync(parsed, cancellationToken);
        await session.Host.StartAsync(cancellationToken);
        try
        {
            SweepReport report = await session.Get<Sweep>().RunAsync(cancellationToken);
            if (!parsed.IsJson())
            {
                Print(report);
            }

            foreach (string runId in report.Recovered.Concat(report.Started))
            {
                RunView now = await session.Get<GetRun>().RunAsync(runId, cancellationToken);
                RunView ended = await RunProgress.FollowAsync(session, now, parsed.IsJson(), cancellationToken);
                await RunProgress.CleanUpAsync(session, runId, cancellationToken);
                if (!parsed.IsJson())
                {
                    await RunEnd.PrintAsync(ended, session, asJson: false, cancellationToken);
                }
            }

            if (parsed.IsJson())
            {
                Console.WriteLine(JsonSerializer.Serialize(report, FineTuneJson.Default.SweepReport));
            }

            return ExitCode.Done;
        }
        finally
        {
            await session.Host.StopAsync(CancellationToken.None);
        }
    }

    private static void Print(SweepReport report)
    {
        Console.WriteLine(
            $"{report.Recovered.Count} runs written again, {report.Cancelled.Count} surplus jobs cancelled, {report.Started.Count} started, {report.DeletedFiles.Count} files deleted, "
            + $"{report.Forgotten.Count} runs forgotten.");
        foreach (string warning in report.Warnings)
        {
            Console.WriteLine($"Warning: {warning}");
        }
    }
}
