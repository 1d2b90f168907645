using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>How the product behaves towards the provider.</summary>
internal static class Discipline
{
    /// <summary>The product waits no longer than this at a stretch, whatever it is told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>Whoever dies between an answer and the ledger has not heard it.</summary>
    private static readonly TimeSpan TimeToWriteItDown = TimeSpan.FromMinutes(2);

    /// <summary>As the plans set it.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(20);

    /// <summary>I9: a call to create a job comes no earlier than the provider allowed. That it had an intent is checked when it goes out.</summary>
    public static IEnumerable<string> NobodyCallsTooEarly(Evidence evidence)
    {
        // Whoever sets a clock forward makes waits shorter for those who live by it.
        if (evidence.Plan.Disturbances.Any(one => one.Kind is Plans.DisturbanceKind.SetClock))
        {
            yield break;
        }

        foreach (var calls in evidence.Chronicle.Exchanges.Where(exchange => exchange.CreatesJob).GroupBy(exchange => (exchange.Host, RunOf(exchange))))
        {
            foreach ((Exchange told, Exchange next) in calls.Zip(calls.Skip(1)))
            {
                TimeSpan wait = TimeSpan.FromSeconds(Math.Clamp(told.RetryAfter ?? 0, 0, LongestWait.TotalSeconds));
                if (next.At - told.At < wait && !evidence.Chronicle.KilledAt.Any(killed => killed >= told.At && killed <= told.At + TimeToWriteItDown))
                {
                    yield return $"{told.Caller} was told to wait {wait} and called again after {next.At - told.At}";
                }
            }
        }
    }

    /// <summary>I9: nor does any other call of the same kind, from the host that heard the answer and has not died since.</summary>
    public static IEnumerable<string> NobodyLooksTooEarly(Evidence evidence)
    {
        foreach (var calls in evidence.Chronicle.Exchanges.Where(exchange => !exchange.CreatesJob).GroupBy(exchange => (exchange.Host, KindOf(exchange))))
        {
            foreach (Exchange told in calls.Where(call => call is { Status: 429 or 503, RetryAfter: > 0, HeardAfter: not null }))
            {
                DateTimeOffset until = told.At + TimeSpan.FromSeconds(Math.Min(told.RetryAfter!.Value, LongestWait.TotalSeconds));
                Exchange? early = calls.FirstOrDefault(call => call.AskedAfter >= told.HeardAfter && call.At < until);
                if (early is not null && !evidence.Chronicle.KilledAt.Any(killed => killed >= told.At && killed <= early.At))
                {
                    yield return $"{early.Caller} called {early.Method} {early.Path} {until - early.At} earlier than {told.Caller} was told";
                }
            }
        }
    }

    /// <summary>The call without what it is about.</summary>
    private static string KindOf(Exchange exchange)
        => $"{exchange.Method} {string.Join('/', exchange.Path.Split('/').Select(part => part.Contains('-', StringComparison.Ordinal) ? "*" : part))}";

    /// <summary>I9: no more looks at a job than the polling plans, but for those that had to be repeated.</summary>
    public static IEnumerable<string> NobodyLooksTooOften(Evidence evidence)
    {
        foreach (var looks in evidence.Chronicle.Exchanges.Where(IsLook).GroupBy(exchange => (exchange.Host, exchange.Path)))
        {
            Exchange[] all = [.. looks];
            int planned = 1 + (int)((all[^1].At - all[0].At) / PollEvery);
            int repeated = (4 * evidence.Chronicle.Kills) + (3 * evidence.Chronicle.Exchanges.Count(exchange => exchange.Status is null or >= 400))
                + (4 * evidence.Plan.Disturbances.Count);
            if (all.Length > (planned * 1.1) + repeated + 6)
            {
                yield return $"{all.Length} looks at {looks.Key.Path}, {planned} were planned and {repeated} had to be repeated";
            }
        }
    }

    /// <summary>I9: whoever forges the provider's webhook moves nobody to a call.</summary>
    public static IEnumerable<string> NobodyCallsForAForger(Evidence evidence)
        => evidence.Chronicle.Exchanges.Where(exchange => exchange.Caller.StartsWith(WebhookSenders.Forger, StringComparison.Ordinal))
            .Select(exchange => $"a forged webhook led to {exchange.Method} {exchange.Path}");

    /// <summary>Whether the run itself calls or the workflow that waits for it.</summary>
    private static string RunOf(Exchange exchange) => exchange.Caller.Split(' ')[0].Replace("-create", "", StringComparison.Ordinal);

    private static bool IsLook(Exchange exchange)
        => exchange.Method == "GET" && exchange.Path.StartsWith("/v1/fine_tuning/jobs/", StringComparison.Ordinal) && exchange.Path.Count(c => c == '/') == 4;
}
