using System.Globalization;
using FineTune.Hosting;

namespace FineTune.Spending;

/// <summary>How a run stands in the line, and when to ask again.</summary>
/// <param name="Detail">One sentence for its status.</param>
public sealed record LineWait(TimeSpan Pause, string Detail)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    internal static LineWait For(LineGate gate, int ahead, DateTimeOffset now, ProviderOptions limits, FineTuneOptions options)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"Number {ahead + 1} in line for the provider's jobs");
        if (gate.ClosedUntil is { } until && until > now)
        {
            return new LineWait(Between(until - now, options.PollEvery), $"{place}; next try at {Clock(until)}, for it said: {gate.Closed}");
        }

        if (limits.MaxJobsPerDay is { } daily && gate.TodayAt(now) >= daily)
        {
            DateTimeOffset midnight = new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            return new LineWait(
                Between(midnight - now, options.PollEvery), string.Create(CultureInfo.InvariantCulture, $"{place}; today's {daily} are used up, the next ones are free at {Clock(midnight)}"));
        }

        // The further back, the more rarely; the first one soon sees a place that is given back.
        TimeSpan pause = options.PollEvery * (ahead + 1);
        return new LineWait(
            pause < options.PollAtMost ? pause : options.PollAtMost,
            limits.MaxJobs is { } jobs && gate.Held >= jobs
                ? string.Create(CultureInfo.InvariantCulture, $"{place}; {gate.Held} of {jobs} places are taken, the next one is free when a job ends") : place);
    }

    private static TimeSpan Between(TimeSpan wait, TimeSpan least) => wait < least ? least : wait < Longest ? wait : Longest;

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
