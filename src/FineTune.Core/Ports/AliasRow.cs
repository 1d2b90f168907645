namespace FineTune.Ports;

/// <summary>What an alias means, who may change that, and every change so far, all in one row: what is read together is written together.</summary>
public sealed record AliasRow
{
    /// <summary>Older changes are dropped, so that the row stays small enough for any store.</summary>
    public const int HistoryAtMost = 100;

    public required string Alias { get; init; }

    /// <summary>The model it means now.</summary>
    public required string ModelId { get; init; }

    /// <summary>So that a run that ends late does not put an older model in a newer one's place.</summary>
    public required DateTimeOffset ModelCreatedAt { get; init; }

    /// <summary>A person chose this model: runs leave the alias alone until a person lets them move it again.</summary>
    public bool Held { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AliasChange> History { get; init => field = value ?? []; } = [];

    /// <summary>The ledger's own optimistic lock; null before the first insert.</summary>
    public string? ETag { get; init; }

    /// <summary>The row after one more change.</summary>
    /// <param name="current">Null for an alias that nobody set yet.</param>
    public static AliasRow PointedAt(AliasRow? current, string alias, ModelRow model, string by, bool held, DateTimeOffset at) => new()
    {
        Alias = alias,
        ModelId = model.ModelId,
        ModelCreatedAt = model.CreatedAt,
        Held = held,
        History = [.. (current?.History ?? []).TakeLast(HistoryAtMost - 1), new AliasChange(at, by, current?.ModelId, model.ModelId, held)],
        ETag = current?.ETag,
    };
}

/// <summary>One change of an alias.</summary>
/// <param name="By">The person, or <c>run ID</c> for a run that succeeded.</param>
/// <param name="From">The model it meant before; null the first time.</param>
/// <param name="Held">From then on runs left it alone.</param>
public sealed record AliasChange(DateTimeOffset At, string By, string? From, string To, bool Held = false);
