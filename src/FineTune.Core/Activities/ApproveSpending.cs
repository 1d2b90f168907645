using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FineTune.Activities;

/// <summary>
/// Lets a run spend, or asks a person and says when to ask again. A run within its limits sets its money aside in the month's budget; one
/// beyond them needs a person's word for exactly this content and spec.
/// </summary>
public sealed partial class ApproveSpending(
    IRunLedger ledger, MonthBudget months, TimeProvider time, IOptions<FineTuneOptions> options, ILogger<ApproveSpending> logger)
{
    private decimal? Budget => options.Value.MonthBudget;

    public async Task<SpendingApproval> RunAsync(ApproveInput input, CancellationToken cancellationToken)
    {
        RunRow run = await ledger.ChangeRunningAsync(input.RunId, row => Inspected(row, input), cancellationToken);
        if (run.StoppedBefore("anything was uploaded") is { } stopped)
        {
            return new SpendingApproval(stopped);
        }

        if (run.Paused is { } pause)
        {
            return new SpendingApproval(End: null, input.Limits.PollAtMost, $"Paused by {pause.By} before anything was uploaded");
        }

        ApprovalDecision? said = AnswerTo(run, input.Key);
        if (said is { Approved: false })
        {
            return Rejected($"{said.By} refused {Sum(input)}; nothing was uploaded.");
        }

        if (said is null && IsDear(input))
        {
            return await AskAsync(run, input, await IsMonthFullAsync(input, cancellationToken), cancellationToken);
        }

        return await TryReserveAsync(run, input, isOverMonthApproved: said is not null && run.ApprovalRequest!.OverMonth, cancellationToken)
            ? await LetThroughAsync(input, cancellationToken)
            : await AskAsync(run, input, isMonthFull: true, cancellationToken);
    }

    /// <summary>A row that was lost and written again since the inspection knows nothing of what that found.</summary>
    private static RunRow Inspected(RunRow row, ApproveInput input) => row with { Key = row.Key ?? input.Key, PriceHigh = row.PriceHigh ?? input.PriceHigh };

    /// <summary>Null unless it answers the newest request, for this very content and spec.</summary>
    private static ApprovalDecision? AnswerTo(RunRow run, string key)
        => run is { Approval: { } said, ApprovalRequest: { } asked } && said.Key == key && said.AskedAt == asked.AskedAt ? said : null;

    private bool IsDear(ApproveInput input)
        => (input.Limits.ApproveAbove is { } limit && !(input.PriceHigh <= limit)) || (Budget is not null && input.PriceHigh is null);

    private async Task<bool> IsMonthFullAsync(ApproveInput input, CancellationToken cancellationToken)
        => Budget is { } budget
            && await months.CommittedAsync(MonthBudget.MonthOf(time.GetUtcNow()), cancellationToken) + input.PriceHigh.GetValueOrDefault() > budget;

    /// <summary>The month goes into the row first: whoever settles later finds every share by it.</summary>
    private async Task<bool> TryReserveAsync(RunRow run, ApproveInput input, bool isOverMonthApproved, CancellationToken cancellationToken)
    {
        if (Budget is not { } budget)
        {
            return true;
        }

        string month = MonthBudget.MonthOf(time.GetUtcNow());
        if (run.BudgetMonth is not null && await months.HasShareAsync(run.BudgetMonth, run.RunId, cancellationToken))
        {
            return true;
        }

        await ledger.ChangeRunningAsync(run.RunId, row => row with { BudgetMonth = month }, cancellationToken);
        return await months.TryReserveAsync(
            month, run.RunId, input.PriceHigh.GetValueOrDefault(), isOverMonthApproved ? null : budget, cancellationToken);
    }

    private async Task<SpendingApproval> LetThroughAsync(ApproveInput input, CancellationToken cancellationToken)
    {
        // A request that nobody has answered is no longer open: there was room after all.
        await ledger.ChangeRunningAsync(
            input.RunId, row => AnswerTo(row, input.Key) is null ? row with { ApprovalRequest = null } : row, cancellationToken);
        return new SpendingApproval(End: null, Epochs: input.Limits.ApproveAbove is null && Budget is null ? null : input.EpochsHigh);
    }

    private async Task<SpendingApproval> AskAsync(RunRow run, ApproveInput input, bool isMonthFull, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isNew = run.ApprovalRequest is not { } asked || AnswerTo(run, input.Key) is not null || (isMonthFull && !asked.OverMonth);
        ApprovalRequest request = isNew
            ? new ApprovalRequest(
                ReasonFor(input, isMonthFull), now, now + options.Value.RemindEvery, now + input.Limits.ApprovalDeadline, isMonthFull)
            : run.ApprovalRequest!;
        if (now >= request.Deadline)
        {
            return Rejected($"Nobody approved {Sum(input)} in time; nothing was uploaded. Start it again to ask again.");
        }

        request = Announce(input.RunId, request, isNew, now);
        await ledger.ChangeRunningAsync(input.RunId, row => row with { ApprovalRequest = request }, cancellationToken);
        return new SpendingApproval(End: null, PauseUntilNextLook(request, input, now), $"Waiting for approval of {request.Reason}");
    }

    /// <summary>Said once when the run begins to wait, and again at every reminder: what alerts and notifications listen to.</summary>
    private ApprovalRequest Announce(string runId, ApprovalRequest request, bool isNew, DateTimeOffset now)
    {
        if (isNew)
        {
            Log.Asked(logger, runId, request.Reason, request.Deadline);
        }
        else if (now >= request.RemindAt)
        {
            Log.Reminded(logger, runId, request.Reason, now - request.AskedAt, request.Deadline);
            return request with { RemindAt = now + options.Value.RemindEvery };
        }

        return request;
    }

    /// <summary>Where only the month is full, room may come up at any time.</summary>
    private TimeSpan PauseUntilNextLook(ApprovalRequest request, ApproveInput input, DateTimeOffset now)
    {
        DateTimeOffset next = request.RemindAt < request.Deadline ? request.RemindAt : request.Deadline;
        TimeSpan pause = next - now;
        return !IsDear(input) && pause > input.Limits.PollAtMost ? input.Limits.PollAtMost : pause;
    }

    private string ReasonFor(ApproveInput input, bool isMonthFull)
    {
        List<string> limits = [];
        if (IsDear(input) && input.Limits.ApproveAbove is { } limit)
        {
            limits.Add(FormattableString.Invariant($"above the limit of ${limit:0.00##}"));
        }

        if (isMonthFull)
        {
            limits.Add(FormattableString.Invariant($"beyond the month's budget of ${Budget:0.00##}"));
        }

        return limits.Count == 0 ? $"{Sum(input)}, which no budget can be held against" : $"{Sum(input)}, {string.Join(" and ", limits)}";
    }

    private static string Sum(ApproveInput input)
        => input.PriceHigh is { } price ? FormattableString.Invariant($"up to ${price:0.00##}") : "an unknown price";

    private static SpendingApproval Rejected(string detail) => new(new FineTuneOutcome(RunStatus.Rejected, detail));

    private static partial class Log
    {
        [LoggerMessage(190, LogLevel.Warning, "Run {RunId} waits for approval of {Reason}, until {Deadline:u}.")]
        public static partial void Asked(ILogger logger, string runId, string reason, DateTimeOffset deadline);

        [LoggerMessage(191, LogLevel.Warning, "Run {RunId} still waits for approval of {Reason}, since {Waited} and until {Deadline:u}.")]
        public static partial void Reminded(ILogger logger, string runId, string reason, TimeSpan waited, DateTimeOffset deadline);
    }
}
