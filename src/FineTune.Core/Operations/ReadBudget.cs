using FineTune.Hosting;
using FineTune.Spending;
using Microsoft.Extensions.Options;

namespace FineTune.Operations;

/// <summary>How a month's budget stands, in US dollars.</summary>
/// <param name="Month">UTC, as <c>2026-11</c>.</param>
/// <param name="Budget">Null where none is set; then nothing is counted either.</param>
/// <param name="Committed">What finished runs were billed and live ones may still cost.</param>
public sealed record BudgetView(string Month, decimal? Budget, decimal Committed);

/// <summary>What this month's runs have cost and may still cost.</summary>
public sealed class ReadBudget(MonthBudget months, TimeProvider time, IOptions<FineTuneOptions> options)
{
    public async Task<BudgetView> RunAsync(CancellationToken cancellationToken)
    {
        string month = MonthBudget.MonthOf(time.GetUtcNow());
        return new BudgetView(month, options.Value.MonthBudget, await months.CommittedAsync(month, cancellationToken));
    }
}
