using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary><c>finetune budget</c>: what this month's runs have cost and may still cost.</summary>
internal static class BudgetCommand
{
    public static Command Create()
    {
        Command command = new("budget", "Show what this month's runs have cost and may still cost, and the month's budget.");
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using LocalSession session = LocalSession.Open(parsed);
        BudgetView budget = await session.Get<ReadBudget>().RunAsync(cancellationToken);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(budget, FineTuneJson.Default.BudgetView)
            : budget.Budget is null ? $"{budget.Month}: no budget is set (FineTune:MonthBudget), so nothing is counted."
            : string.Create(CultureInfo.InvariantCulture, $"{budget.Month}: {budget.Committed:0.00##} of {budget.Budget:0.00##} USD, at list price"));
        return ExitCode.Done;
    }
}
