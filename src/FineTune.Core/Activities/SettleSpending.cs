using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;

namespace FineTune.Activities;

/// <summary>
/// Gives back what a finished run held: its place in the line, and what its estimate held of the month's budget beyond what was billed.
/// </summary>
public sealed class SettleSpending(IRunLedger ledger, MonthBudget months, JobLine line)
{
    public async Task<Done> RunAsync(SettleInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.FindRunAsync(input.RunId, cancellationToken) ?? throw new RunRowMissingException(input.RunId);
        await line.LeaveAsync(run, hasJob: run.JobId is not null, cancellationToken);
        if (run.BudgetMonth is not null && await BilledAsync(run, cancellationToken) is { } billed)
        {
            await months.SettleAsync(run.BudgetMonth, run.RunId, billed, cancellationToken);
        }

        return new Done();
    }

    /// <summary>In US dollars; null where nobody knows yet what the provider will bill, and the estimate has to stand.</summary>
    private async Task<decimal?> BilledAsync(RunRow run, CancellationToken cancellationToken) => run switch
    {
        { TrainedTokens: not null } => run.Cost,
        { Status: RunStatus.Failed or RunStatus.Cancelled } => 0, // and the provider told of no trained token
        { Status: RunStatus.Succeeded } => null,
        _ => await MayHaveJobAsync(run, cancellationToken) ? null : 0,
    };

    /// <summary>A job that was given up, or a call whose answer nobody knows, may still cost money.</summary>
    private async Task<bool> MayHaveJobAsync(RunRow run, CancellationToken cancellationToken)
        => run.JobId is not null
            || (run.Key is not null
                && await ledger.FindClaimAsync(run.Key, cancellationToken) is { } claim
                && claim.RunId == run.RunId && (claim.OpenIntentAt ?? (object?)claim.JobId) is not null);
}
