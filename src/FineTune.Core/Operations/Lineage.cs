using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>Where a model comes from, from the dataset's bytes to the alias, in one document.</summary>
/// <remarks>What the ledger does not know (any more) is missing, not guessed.</remarks>
public sealed record Lineage
{
    public required LineageDataset Dataset { get; init; }

    /// <summary>What was asked for; null once the run is forgotten.</summary>
    public FineTuneSpec? Spec { get; init; }

    public required LineageRun Run { get; init; }

    /// <summary>Uploaded for it; also those that are deleted, with the provider's word for it.</summary>
    public IReadOnlyList<LineageFile> Files { get; init; } = [];

    public LineageJob? Job { get; init; }

    public LineageModel? Model { get; init; }

    /// <summary>Every change of an alias that gave it this model or took it away, oldest first.</summary>
    public IReadOnlyList<LineageAlias> Aliases { get; init; } = [];
}

/// <param name="Sha256">Of its bytes.</param>
/// <param name="ValidationSha256">Of the validation set's bytes.</param>
public sealed record LineageDataset(string Name, string? ETag, string? Sha256, long? Length, long? Examples, long? Tokens, string? ValidationSha256);

/// <param name="Key">The hash of content and spec.</param>
public sealed record LineageRun(string RunId, RunStatus? Status, string? Key, DateTimeOffset? CreatedAt, DateTimeOffset? EndedAt, DateTimeOffset? RecoveredAt);

/// <param name="Role"><c>training</c>, <c>validation</c>, or <c>surplus</c> for an upload whose answer was lost.</param>
/// <param name="DeletedAt">Null while it is, or may be, at the provider.</param>
/// <param name="Answer">The provider's own to the deletion.</param>
/// <param name="ExpiresAt">When the provider deletes it by itself at the latest, as it said; only of a file that nobody has deleted.</param>
public sealed record LineageFile(string FileId, string Role, DateTimeOffset? DeletedAt, string? Answer, DateTimeOffset? ExpiresAt);

/// <param name="TrainedTokens">As billed: all epochs.</param>
/// <param name="Cost">What they cost at list price, in US dollars.</param>
public sealed record LineageJob(string JobId, long? TrainedTokens, decimal? Cost, string? ErrorCode);

/// <param name="Checkpoints">Models saved on the way, oldest first.</param>
public sealed record LineageModel(string ModelId, string BaseModel, DateOnly? ShutdownDate, IReadOnlyList<Checkpoint>? Checkpoints);

/// <param name="Change">Who, when, from what to what.</param>
public sealed record LineageAlias(string Alias, AliasChange Change);
