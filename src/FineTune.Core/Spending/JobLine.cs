using FineTune.Hosting;
using FineTune.Ports;
using Microsoft.Extensions.Options;

namespace FineTune.Spending;

/// <summary>
/// The line for the provider's jobs. Whoever has a place may create one; a place is the run's until it is over, whatever dies meanwhile.
/// Priority goes first, then age. Without limits in the settings there is no line until the provider itself says "no more jobs for now":
/// then one run at a time tries, the first in line.
/// </summary>
/// <remarks>
/// The gate's row counts the places and is written with each change to one, over the version that was read: so two hosts never give the
/// last place twice. Who stands where is only as exact as a look around; nothing depends on it but the order.
/// </remarks>
public sealed class JobLine(IRunLedger ledger, TimeProvider time, IOptions<ProviderOptions> provider, IOptions<FineTuneOptions> options)
{
    /// <summary>Who has not asked for so long after they meant to is passed over, until they ask again: their host may be gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>For so long one run has the provider to itself while it tries whether there is room again.</summary>
    private static readonly TimeSpan TrialTime = TimeSpan.FromMinutes(2);

    private const int CountedAtMost = 100;

    private bool IsLimited => provider.Value is not { MaxJobs: null, MaxJobsPerDay: null };

    /// <summary>Takes a place, or says how long to wait before asking again.</summary>
    /// <returns>Null when the run has its place.</returns>
    public Task<LineWait?> TakePlaceAsync(RunRow run, CancellationToken cancellationToken) => SharedRowExtensions.UntilWrittenAsync(async () =>
    {
        SharedRow gateRow = await ReadGateAsync(cancellationToken);
        LineGate gate = GateOf(gateRow);
        SharedRow place = await FindOrNewAsync(LineNames.PlaceOf(run.RunId), cancellationToken);
        if (place.Body is not null)
        {
            return null;
        }

        SharedRow ticket = await FindOrNewAsync(LineNames.TicketOf(run), cancellationToken);
        if (!IsLimited && gate.ClosedUntil is null && ticket.Body is null)
        {
            return null; // Nothing to keep to, and nothing to write.
        }

        int ahead = await CountAheadAsync(ticket.Name, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (ahead >= gate.FreeAt(now, provider.Value))
        {
            return await WaitAsync(gate, ticket, ahead, cancellationToken);
        }

        List<SharedRow> rows = [gateRow.With(gate.Taken(now, TrialTime), SharedRowJson.Default.LineGate)];
        rows.Add(place.With(new LinePlace(LineGate.DayOf(now)), SharedRowJson.Default.LinePlace));
        if (ticket.Body is not null)
        {
            rows.Add(ticket.Removed());
        }

        await ledger.WriteSharedAsync(rows, cancellationToken);
        return null;
    });

    /// <summary>Writes down the place of a run whose job was found again at the provider, whether or not one is free: the job counts there, too.</summary>
    public Task<bool> HoldPlaceAsync(string runId, ProviderJob job, CancellationToken cancellationToken) => SharedRowExtensions.UntilWrittenAsync(async () =>
    {
        SharedRow gateRow = await ReadGateAsync(cancellationToken);
        SharedRow row = await FindOrNewAsync(LineNames.PlaceOf(runId), cancellationToken);
        LineGate gate = GateOf(gateRow);
        if (row.Body is not null || (!IsLimited && gate.ClosedUntil is null))
        {
            return false;
        }

        LinePlace place = new(LineGate.DayOf(job.CreatedAt));
        await ledger.WriteSharedAsync(
            [
                gateRow.With(gate.Found(place, time.GetUtcNow()), SharedRowJson.Default.LineGate),
                row.With(place, SharedRowJson.Default.LinePlace),
            ],
            cancellationToken);
        return true;
    });

    /// <summary>The provider took a job.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => ChangeGateAsync(gate => gate.Opened(), cancellationToken);

    /// <summary>The provider said "no more jobs for now": the run gives its place back, and nobody tries before the pause is over.</summary>
    public Task CloseAsync(string runId, string words, TimeSpan pause, bool isDaily, CancellationToken cancellationToken) => LeaveAsync(
        runId, ticketName: null, hasJob: false,
        gate => gate.Refused(words, pause, options.Value.PollAtMost, isDaily, time.GetUtcNow()),
        cancellationToken);

    /// <summary>When a run that was sent back asks the line again: the gate may open before its time, and asking costs nothing.</summary>
    public TimeSpan FirstLookWithin(TimeSpan pause) => pause < options.Value.PollAtMost ? pause : options.Value.PollAtMost;

    /// <summary>The run is over: its place is free again, and so is the provider, if it was full of jobs.</summary>
    /// <param name="hasJob">False gives back the day's count, too.</param>
    public Task LeaveAsync(RunRow run, bool hasJob, CancellationToken cancellationToken) => LeaveAsync(
        run.RunId, LineNames.TicketOf(run), hasJob, gate => hasJob ? gate.Emptied(time.GetUtcNow()) : gate, cancellationToken);

    private Task<bool> LeaveAsync(
        string runId, string? ticketName, bool hasJob, Func<LineGate, LineGate> change, CancellationToken cancellationToken)
        => SharedRowExtensions.UntilWrittenAsync(async () =>
        {
            SharedRow gateRow = await ReadGateAsync(cancellationToken);
            LineGate before = GateOf(gateRow);
            SharedRow? place = await ledger.FindSharedAsync(LineNames.Group, LineNames.PlaceOf(runId), cancellationToken);
            SharedRow? ticket = ticketName is null ? null : await ledger.FindSharedAsync(LineNames.Group, ticketName, cancellationToken);
            LineGate after = change(place.Read(SharedRowJson.Default.LinePlace) is { } held ? before.Left(held, hasJob) : before);
            List<SharedRow> rows = [];
            if (after != before)
            {
                rows.Add(gateRow.With(after, SharedRowJson.Default.LineGate));
            }

            rows.AddRange(new[] { place, ticket }.OfType<SharedRow>().Select(row => row.Removed()));
            if (rows.Count > 0)
            {
                await ledger.WriteSharedAsync(rows, cancellationToken);
            }

            return rows.Count > 0;
        });

    private Task<bool> ChangeGateAsync(Func<LineGate, LineGate> change, CancellationToken cancellationToken)
        => SharedRowExtensions.UntilWrittenAsync(async () =>
        {
            SharedRow row = await ReadGateAsync(cancellationToken);
            LineGate before = GateOf(row);
            LineGate after = change(before);
            if (after != before)
            {
                await ledger.WriteSharedAsync([row.With(after, SharedRowJson.Default.LineGate)], cancellationToken);
            }

            return after != before;
        });

    private async Task<LineWait?> WaitAsync(LineGate gate, SharedRow ticket, int ahead, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        LineWait wait = LineWait.For(gate, ahead, now, provider.Value, options.Value);
        await ledger.WriteSharedAsync([ticket.With(new LineTicket(now + wait.Pause), SharedRowJson.Default.LineTicket)], cancellationToken);
        return wait;
    }

    /// <summary>Those who stand before this name and still ask; beyond a hundred it does not matter how many.</summary>
    private async Task<int> CountAheadAsync(string name, CancellationToken cancellationToken)
    {
        DateTimeOffset overdue = time.GetUtcNow() - Patience;
        int ahead = 0;
        await foreach (SharedRow row in ledger.ListSharedAsync(LineNames.Group, LineNames.Tickets, cancellationToken))
        {
            if (ahead == CountedAtMost || string.CompareOrdinal(row.Name, name) >= 0)
            {
                break;
            }

            ahead += row.Read(SharedRowJson.Default.LineTicket)!.AsksAgainAt > overdue ? 1 : 0;
        }

        return ahead;
    }

    private Task<SharedRow> ReadGateAsync(CancellationToken cancellationToken) => FindOrNewAsync(LineNames.Gate, cancellationToken);

    private async Task<SharedRow> FindOrNewAsync(string name, CancellationToken cancellationToken)
        => await ledger.FindSharedAsync(LineNames.Group, name, cancellationToken) ?? new SharedRow(LineNames.Group, name, Body: null);

    private static LineGate GateOf(SharedRow row) => row.Body is null ? new LineGate() : row.Read(SharedRowJson.Default.LineGate)!;
}
