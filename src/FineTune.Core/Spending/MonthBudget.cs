using System.Globalization;
using FineTune.Ports;

namespace FineTune.Spending;

/// <summary>What runs may cost in one UTC month: a share for each, and their sum, which is written together with every change to a share.</summary>
/// <remarks>A live run counts with its upper estimate, a finished one with what was billed, in the month in which it was let through.</remarks>
public sealed class MonthBudget(IRunLedger ledger)
{
    private const string SumName = "sum";

    /// <summary><c>2026-11</c>.</summary>
    public static string MonthOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>In US dollars: what the month's runs have cost or may still cost.</summary>
    public async Task<decimal> CommittedAsync(string month, CancellationToken cancellationToken)
        => (await FindAsync(month, SumName, cancellationToken)).Read(SharedRowJson.Default.MonthSum)?.Committed ?? 0;

    /// <summary>True when the run has a share in this month.</summary>
    public async Task<bool> HasShareAsync(string month, string runId, CancellationToken cancellationToken)
        => await FindAsync(month, ShareName(runId), cancellationToken) is not null;

    /// <summary>Sets money aside, unless the month's sum would be above the limit; a run that has a share keeps it.</summary>
    /// <param name="limit">Null where a person let the run go beyond it.</param>
    /// <returns>False when there is no room.</returns>
    public Task<bool> TryReserveAsync(string month, string runId, decimal amount, decimal? limit, CancellationToken cancellationToken)
        => SharedRowExtensions.UntilWrittenAsync(async () =>
        {
            if (await HasShareAsync(month, runId, cancellationToken))
            {
                return true;
            }

            SharedRow sum = await FindAsync(month, SumName, cancellationToken) ?? New(month, SumName);
            decimal committed = (sum.Body is null ? 0 : sum.Read(SharedRowJson.Default.MonthSum)!.Committed) + amount;
            if (committed > limit)
            {
                return false;
            }

            await ledger.WriteSharedAsync(
                [
                    sum.With(new MonthSum(committed), SharedRowJson.Default.MonthSum),
                    New(month, ShareName(runId)).With(new MonthShare(amount), SharedRowJson.Default.MonthShare),
                ],
                cancellationToken);
            return true;
        });

    /// <summary>Puts what was billed in the place of the estimate; once, however often it is called.</summary>
    public Task<bool> SettleAsync(string month, string runId, decimal billed, CancellationToken cancellationToken)
        => SharedRowExtensions.UntilWrittenAsync(async () =>
        {
            SharedRow? row = await FindAsync(month, ShareName(runId), cancellationToken);
            if (row.Read(SharedRowJson.Default.MonthShare) is not { Settled: false } share)
            {
                return false;
            }

            SharedRow sum = (await FindAsync(month, SumName, cancellationToken))!;
            decimal committed = sum.Read(SharedRowJson.Default.MonthSum)!.Committed - share.Amount + billed;
            await ledger.WriteSharedAsync(
                [
                    sum.With(new MonthSum(committed), SharedRowJson.Default.MonthSum),
                    row!.With(new MonthShare(billed, Settled: true), SharedRowJson.Default.MonthShare),
                ],
                cancellationToken);
            return true;
        });

    private Task<SharedRow?> FindAsync(string month, string name, CancellationToken cancellationToken)
        => ledger.FindSharedAsync(Group(month), name, cancellationToken);

    private static SharedRow New(string month, string name) => new(Group(month), name, Body: null);

    private static string Group(string month) => $"month-{month}";

    private static string ShareName(string runId) => $"run-{runId}";
}

/// <summary>The row of one month.</summary>
internal sealed record MonthSum(decimal Committed);

/// <summary>One run's part of it.</summary>
internal sealed record MonthShare(decimal Amount, bool Settled = false);
