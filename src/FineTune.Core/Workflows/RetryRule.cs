namespace FineTune.Workflows;

/// <summary>How long an activity that failed for a passing reason is tried again. A <see cref="PermanentFailureException"/> never is.</summary>
/// <param name="Attempts">The first one included.</param>
/// <param name="FirstDelay">Between the first failure and the second attempt.</param>
/// <param name="Backoff">Each delay is the one before times this.</param>
/// <param name="MaxDelay">No delay is longer.</param>
public sealed record RetryRule(int Attempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaxDelay)
{
    /// <summary>Our own storage: about a quarter of an hour.</summary>
    public static readonly RetryRule Storage = new(Attempts: 20, TimeSpan.FromSeconds(1), Backoff: 2, TimeSpan.FromMinutes(1));

    /// <summary>The provider: about a day, for an outage must not cost a run that is under way.</summary>
    public static readonly RetryRule Provider = new(Attempts: 300, TimeSpan.FromSeconds(2), Backoff: 2, TimeSpan.FromMinutes(5));

    /// <summary>The final write, which is free and idempotent: about a month.</summary>
    public static readonly RetryRule Stubborn = new(Attempts: 4500, TimeSpan.FromSeconds(1), Backoff: 2, TimeSpan.FromMinutes(10));

    /// <summary>Whoever wants to be told: about three days, as long as providers themselves try.</summary>
    public static readonly RetryRule Webhook = new(Attempts: 80, TimeSpan.FromSeconds(5), Backoff: 2, TimeSpan.FromHours(1));

    /// <summary>The pause after the failure of <paramref name="attempt"/> (1 is the first); null when no attempt is left.</summary>
    public TimeSpan? DelayAfter(int attempt)
    {
        if (attempt >= Attempts)
        {
            return null;
        }

        double seconds = FirstDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, MaxDelay.TotalSeconds));
    }
}
