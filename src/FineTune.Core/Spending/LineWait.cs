using System.Globalization;
using FineTune.Hosting;

namespace FineTune.Spending;

/// <summary>How a run stands in the line, and when to ask again.</summary>
/// <param name="Detail">One sentence for its status.</param>
public sealed record LineWait(TimeSpan Pause, string Detail)
{
    internal static LineWait For(LineGate gate, int ahead, DateTimeOffset now, ProviderOptions limits, FineTuneOptions options)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"Number {ahead + 1} in line for the provider's jobs");
        if (gate.ClosedUntil is { } until && until > now)
        {
            return new LineWait(Within(until - now, options), $"{place}; next try at {Clock(until)}, for it said: {gate.Closed}");
        }

        if (limits.MaxJobsPerDay is { } daily && gate.TodayAt(now) >= daily)
        {
            DateTimeOffset midnight = new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            return new LineWait(
                Within(midnight - now, options),
                string.Create(CultureInfo.InvariantCulture, $"{place}; today's {daily} are used up, the next ones are free at {Clock(midnight)}"));
        }

        // The further back, the more rarely; the first one soon sees a place that is given back.
        return new LineWait(
            Within(options.PollEvery * (ahead + 1), options),
            limits.MaxJobs is { } jobs && gate.Held >= jobs
                ? string.Create(CultureInfo.InvariantCulture, $"{place}; {gate.Held} of {jobs} places are taken, the next one is free when a job ends") : place);
    }

    /// <summary>Only our own ledger is asked, and a job that ends early may open the gate before its time.</summary>
    private static TimeSpan Within(TimeSpan wait, FineTuneOptions options)
        => wait < options.PollEvery ? options.PollEvery : wait < options.PollAtMost ? wait : options.PollAtMost;

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
