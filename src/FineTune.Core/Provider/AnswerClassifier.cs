using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>The one table of what HTTP answers mean for spending.</summary>
public static class AnswerClassifier
{
    /// <summary>429s that no waiting cures. Some providers say it in <c>type</c>, some in <c>code</c>.</summary>
    private static readonly HashSet<string> BillingCodes =
    [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded", "billing_hard_limit_reached",
    ];

    /// <param name="status">The HTTP status.</param>
    /// <param name="code"><c>error.code</c>.</param>
    /// <param name="type"><c>error.type</c>.</param>
    /// <param name="message"><c>error.message</c>; read only where providers give no code for what they mean.</param>
    public static AnswerClass Classify(int status, string? code = null, string? type = null, string? message = null) => status switch
    {
        >= 200 and < 300 => AnswerClass.Readable,
        429 when IsBilling(code) || IsBilling(type) => AnswerClass.Fatal,
        429 => AnswerClass.RejectedForNow,
        401 => AnswerClass.Fatal,
        403 => AnswerClass.Closed,
        400 when SaysNotReady(message) => AnswerClass.RejectedForNow,
        400 or 404 or 413 or 422 => AnswerClass.Rejected,
        _ => AnswerClass.Ambiguous,
    };

    /// <summary>Which limit on jobs a 429 speaks of; null for "too many requests". Some providers say it in <c>code</c>, some only in words.</summary>
    public static JobLimit? LimitOf(int status, string? code = null, string? message = null)
    {
        if (status != 429)
        {
            return null;
        }

        return code is "daily_rate_limit_exceeded" || Says(message, "per day") ? JobLimit.Daily
            : code is "concurrent_job_limit_exceeded" or "active_job_limit_exceeded"
                || Says(message, "active fine-tuning jobs") || Says(message, "active requests") || Says(message, "concurrent") ? JobLimit.Concurrent
            : null;
    }

    /// <summary>How long to wait where the provider does not say.</summary>
    public static TimeSpan DefaultWait(int status, string? code) => (status, code) switch
    {
        (429, "daily_rate_limit_exceeded") => TimeSpan.FromMinutes(30),
        (429, _) => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(10),
    };

    private static bool IsBilling(string? word) => word is not null && BillingCodes.Contains(word);

    // "File … is still being processed and is not ready": a 400 that time cures, told apart by words alone.
    private static bool SaysNotReady(string? message) => Says(message, "not ready") || Says(message, "still being processed");

    private static bool Says(string? message, string words) => message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;
}
