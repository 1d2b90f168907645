namespace FineTune.Ports;

/// <summary>
/// The money lock: one row a key, held by one run. An intent is written here before every POST that costs money and closed by the
/// job's id; a row with an open intent means "the provider may have a job of ours: look before you post".
/// </summary>
public sealed record SpendingClaim
{
    /// <summary>The hash of content and spec.</summary>
    public required string Key { get; init; }

    public required string RunId { get; init; }

    /// <summary>How many POSTs were intended so far.</summary>
    public int Attempts { get; init; }

    /// <summary>When the first POST was intended; jobs of ours cannot be older.</summary>
    public DateTimeOffset? FirstIntentAt { get; init; }

    /// <summary>When the newest POST was intended; null when it surely created nothing.</summary>
    public DateTimeOffset? OpenIntentAt { get; init; }

    /// <summary>When a look at the provider first found nothing for the open intent.</summary>
    public DateTimeOffset? EmptyLookAt { get; init; }

    /// <summary>The provider has refused a call and wants none before; null when it may be called.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public string? JobId { get; init; }

    /// <summary>The ledger's own optimistic lock; null before the first insert.</summary>
    public string? ETag { get; init; }
}
