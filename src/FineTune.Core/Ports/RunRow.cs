using System.Text.Json.Serialization;

namespace FineTune.Ports;

/// <summary>One uploaded file that is no longer at the provider.</summary>
/// <param name="Answer">The provider's own, when it was asked to delete it.</param>
public sealed record DeletedFile(string FileId, DateTimeOffset At, string Answer);

/// <summary>One run in the ledger: what it was asked, how far it is, how it ended.</summary>
public sealed record RunRow
{
    /// <summary>Also the id of its workflow instance.</summary>
    public required string RunId { get; init; }

    public required DatasetVersion Dataset { get; init; }

    public required FineTuneSpec Spec { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>One sentence: why it stands as it does.</summary>
    public string? Detail { get; init; }

    /// <summary>Asked for by a person; the activities look here before they spend and while they follow.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Whoever has more goes first when the provider's jobs are few; then whoever came first.</summary>
    public int Priority { get; init; }

    /// <summary>By whom it is held, and since when; nothing that costs money is begun meanwhile.</summary>
    public Pause? Paused { get; init; }

    /// <summary>The provider was asked to pause the job and is to be told when it may go on.</summary>
    public bool JobPauseAsked { get; init; }

    /// <summary>What a person was last asked to approve.</summary>
    public ApprovalRequest? ApprovalRequest { get; init; }

    /// <summary>Somebody has to say yes or no.</summary>
    [JsonIgnore]
    public bool AwaitsApproval => Status is RunStatus.Running && ApprovalRequest is not null && Approval?.AskedAt != ApprovalRequest.AskedAt;

    /// <summary>What a person answered, and to what.</summary>
    public ApprovalDecision? Approval { get; init; }

    /// <summary>The UTC month, <c>2026-11</c>, whose budget holds money for this run.</summary>
    public string? BudgetMonth { get; init; }

    /// <summary>Something to look at while it goes on; null once that is over.</summary>
    public RunAlarm? Alarm { get; init; }

    /// <summary>The hash of content and spec; null until inspected.</summary>
    public string? Key { get; init; }

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

    /// <summary>Where a person finds the inspection report.</summary>
    public string? Report { get; init; }

    /// <summary>Set before the first byte goes out: from then on a file of ours may be at the provider.</summary>
    public bool UploadBegun { get; init; }

    /// <summary>The same for the validation set.</summary>
    public bool ValidationUploadBegun { get; init; }

    /// <summary>An upload was begun again, for nothing was to be seen of the one before: there may be more files than ids.</summary>
    public bool UploadRepeated { get; init; }

    public string? TrainingFileId { get; init; }

    public string? ValidationFileId { get; init; }

    /// <summary>When the provider deletes the last of them by itself, as it said when it took them; null where it did not.</summary>
    public DateTimeOffset? FilesExpireAt { get; init; }

    public string? JobId { get; init; }

    public string? ModelId { get; init; }

    /// <summary>As billed: all epochs.</summary>
    public long? TrainedTokens { get; init; }

    /// <summary>What they cost at list price, in US dollars; null where no price is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Models saved on the way, oldest first; null where there are none.</summary>
    public IReadOnlyList<Checkpoint>? Checkpoints { get; init; }

    /// <summary>The day the provider said the model stops answering.</summary>
    public DateOnly? ShutdownDate { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorParam { get; init; }

    /// <summary>When the sweep wrote this row again from the provider's job; null for a row that was never lost.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>What was deleted at the provider, with its word for it; null while nothing was.</summary>
    public IReadOnlyList<DeletedFile>? DeletedFiles { get; init; }

    /// <summary>The ledger's own optimistic lock; null before the first insert.</summary>
    public string? ETag { get; init; }

    /// <summary>With one more deletion; the first answer for a file is the one that is kept.</summary>
    public RunRow WithDeleted(DeletedFile file)
        => DeletedFiles?.Any(known => known.FileId == file.FileId) is true ? this : this with { DeletedFiles = [.. DeletedFiles ?? [], file] };
}
