namespace FineTune.Ports;

/// <summary>One model that a run left behind.</summary>
public sealed record ModelRow
{
    /// <summary>As the provider names it: <c>ft:gpt-4.1-mini-2025-04-14:acme:bot:AbC1</c>.</summary>
    public required string ModelId { get; init; }

    public required string RunId { get; init; }

    public required string JobId { get; init; }

    public required string BaseModel { get; init; }

    public required string Dataset { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The alias it was made for; whether it still has it is told by <see cref="IRunLedger.FindAliasAsync"/>.</summary>
    public string? Alias { get; init; }

    public long? TrainedTokens { get; init; }

    /// <summary>Lower-case hex of the dataset's bytes: what it was made of can be told even when its run is forgotten.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The day the provider says it stops answering, as told when it was made or by the last sweep.</summary>
    public DateOnly? ShutdownDate { get; init; }
}
