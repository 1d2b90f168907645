using System.CommandLine;
using FineTune.Datasets.Reports;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune report [RUN]</c>: what the inspection of a run's dataset found, once more.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Command command = new("report", "Show what the inspection of a run's dataset found: every problem, tokens and price.")
        {
            RunArgument.Run, ReportPage.Problems, ReportPage.Html,
        };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        string runId = await RunArgument.ResolveAsync(session, parsed, cancellationToken);
        DatasetReport report = await session.Get<ReadReport>().FindAsync(runId, cancellationToken)
            ?? throw new InvalidRequestException($"The dataset of run {runId} is not inspected yet. Ask again later.");
        await ReportPage.PrintAsync(parsed, report, Path.Combine(parsed.DataFolder().Datasets, report.Dataset), lines: null, cancellationToken);
        return ExitCode.Done;
    }
}
