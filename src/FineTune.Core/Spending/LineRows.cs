using System.Globalization;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Spending;

/// <summary>The one row that is written with every change to the line.</summary>
/// <param name="Held">Places taken.</param>
/// <param name="Day">The UTC day that <paramref name="Today"/> counts the places of, as <c>2026-11-21</c>.</param>
/// <param name="Closed">The provider's words when it said "no more jobs for now"; null when it takes them.</param>
/// <param name="ClosedUntil">When the first in line may try again.</param>
/// <param name="IsDaily">It spoke of the day's limit: the end of one job changes nothing.</param>
/// <param name="Refusals">How often it said so since it last took a job, or one of ours ended.</param>
internal sealed record LineGate(
    int Held = 0, string? Day = null, int Today = 0, string? Closed = null, DateTimeOffset? ClosedUntil = null, bool IsDaily = false, int Refusals = 0)
{
    public static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How many of those in line may go.</summary>
    public int FreeAt(DateTimeOffset now, ProviderOptions limits)
    {
        int places = limits.MaxJobs is { } jobs ? jobs - Held : int.MaxValue;
        int today = limits.MaxJobsPerDay is { } daily ? daily - TodayAt(now) : int.MaxValue;
        int open = ClosedUntil is not { } until ? int.MaxValue : until > now ? 0 : 1;
        return Math.Min(open, Math.Min(places, today));
    }

    public int TodayAt(DateTimeOffset now) => Day == DayOf(now) ? Today : 0;

    /// <param name="trial">After a "no more", for so long nobody else tries.</param>
    public LineGate Taken(DateTimeOffset now, TimeSpan trial) => this with
    {
        Held = Held + 1,
        Day = DayOf(now),
        Today = TodayAt(now) + 1,
        ClosedUntil = ClosedUntil is null ? null : now + trial,
    };

    /// <summary>Whoever is told the same again and again asks ever more rarely.</summary>
    /// <param name="pause">The provider's, for the first time.</param>
    /// <param name="longest">What it grows to, where the provider's is not longer itself.</param>
    public LineGate Refused(string words, TimeSpan pause, TimeSpan longest, bool isDaily, DateTimeOffset now)
    {
        TimeSpan grown = pause * Math.Pow(2, Math.Min(Refusals, 16));
        TimeSpan wait = grown < longest ? grown : pause < longest ? longest : pause;
        return this with { Closed = words, ClosedUntil = now + wait, IsDaily = isDaily, Refusals = Refusals + 1 };
    }

    /// <summary>A job of ours has ended: if the provider was full of jobs, there is room now.</summary>
    public LineGate Emptied(DateTimeOffset now) => ClosedUntil is not null && !IsDaily ? this with { ClosedUntil = now, Refusals = 0 } : this;

    /// <summary>The provider took a job: if it had said "no more", that is over.</summary>
    public LineGate Opened() => this with { ClosedUntil = null, Closed = null, Refusals = 0 };

    /// <summary>A place that is held already, free or not: its job is there.</summary>
    public LineGate Found(LinePlace place, DateTimeOffset now) => this with
    {
        Held = Held + 1,
        Day = DayOf(now),
        Today = TodayAt(now) + (place.Day == DayOf(now) ? 1 : 0),
    };

    public LineGate Left(LinePlace place, bool hasJob) => this with
    {
        Held = Math.Max(0, Held - 1),
        Today = !hasJob && place.Day == Day ? Math.Max(0, Today - 1) : Today,
    };
}

/// <summary>A run's place.</summary>
/// <param name="Day">On which it was taken, as in <see cref="LineGate"/>.</param>
internal sealed record LinePlace(string Day);

/// <summary>A run that waits.</summary>
internal sealed record LineTicket(DateTimeOffset AsksAgainAt);

/// <summary>Names of the line's rows. Tickets sort by priority, then by age.</summary>
internal static class LineNames
{
    public const string Group = "line";
    public const string Gate = "gate";
    public const string Tickets = "wait-";

    public static string PlaceOf(string runId) => $"place-{runId}";

    public static string TicketOf(RunRow run) => string.Create(
        CultureInfo.InvariantCulture, $"{Tickets}{RunPriority.Highest - run.Priority:D4}-{run.CreatedAt.UtcTicks:D19}-{run.RunId}");
}
