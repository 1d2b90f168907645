namespace FineTune.Ports;

/// <summary>
/// What a job says of the run that asked for it, in its own metadata: should the ledger be lost, the provider's list of jobs is enough to
/// write it again.
/// </summary>
public sealed record JobOrigin
{
    public required string RunId { get; init; }

    public required DatasetVersion Dataset { get; init; }

    public required FineTuneSpec Spec { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Lower-case hex of the dataset's bytes.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Lower-case hex of the validation set's bytes; null where there is none.</summary>
    public string? ValidationSha256 { get; init; }

    public long? Examples { get; init; }

    /// <summary>One pass over the dataset.</summary>
    public long? Tokens { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? PriceLow { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? PriceHigh { get; init; }

    public static JobOrigin Of(RunRow run) => new()
    {
        RunId = run.RunId,
        Dataset = run.Dataset,
        Spec = run.Spec,
        CreatedAt = run.CreatedAt,
        Sha256 = run.Sha256,
        ValidationSha256 = run.ValidationSha256,
        Examples = run.Examples,
        Tokens = run.Tokens,
        PriceLow = run.PriceLow,
        PriceHigh = run.PriceHigh,
    };

    /// <summary>Whether it belongs to this key: what somebody else wrote, or changed, into a job's metadata does not.</summary>
    public bool Explains(string key) => Sha256 is not null && RunKey.Compute(Sha256, ValidationSha256, Spec) == key;
}
