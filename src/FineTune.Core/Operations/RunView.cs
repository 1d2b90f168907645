using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Operations;

/// <summary>A run as people see it, alike on the command line and over HTTP.</summary>
public sealed record RunView
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>One sentence: why it stands as it does.</summary>
    public string? Detail { get; init; }

    /// <summary>Where it is while it runs; null in lists.</summary>
    public FineTuneProgress? Progress { get; init; }

    public required string Dataset { get; init; }

    public required string BaseModel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>More goes first when the provider's jobs are few.</summary>
    public int Priority { get; init; }

    /// <summary>Who holds it, and since when; null while it goes on.</summary>
    public Pause? Paused { get; init; }

    /// <summary>What it last asked a person to approve.</summary>
    public ApprovalRequest? ApprovalRequest { get; init; }

    /// <summary>Somebody has to say yes or no.</summary>
    public bool AwaitsApproval { get; init; }

    /// <summary>Who approved or refused what, and when.</summary>
    public ApprovalDecision? Approval { get; init; }

    /// <summary>Why a person should look, though it goes on.</summary>
    public RunAlarm? Alarm { get; init; }

    public string? Key { get; init; }

    public string? Sha256 { get; init; }

    public long? Examples { get; init; }

    /// <summary>One pass over the dataset.</summary>
    public long? Tokens { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? PriceLow { get; init; }

    /// <summary>In US dollars.</summary>
    public decimal? PriceHigh { get; init; }

    /// <summary>Where a person finds the inspection report.</summary>
    public string? Report { get; init; }

    public string? JobId { get; init; }

    public string? ModelId { get; init; }

    public string? Alias { get; init; }

    /// <summary>As billed: all epochs.</summary>
    public long? TrainedTokens { get; init; }

    /// <summary>What they cost at list price, in US dollars; null where no price is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Models saved on the way, oldest first.</summary>
    public IReadOnlyList<Checkpoint>? Checkpoints { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorParam { get; init; }

    internal static RunView Of(RunRow row, WorkflowState? state) => new()
    {
        RunId = row.RunId,
        Status = row.Status,
        Detail = row.Detail ?? state?.Failure,
        Progress = row.Status is RunStatus.Running ? state?.Progress : null,
        Dataset = row.Dataset.Name,
        BaseModel = row.Spec.Model,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        CancelRequested = row.CancelRequested,
        Priority = row.Priority,
        Paused = row.Paused,
        ApprovalRequest = row.ApprovalRequest,
        AwaitsApproval = row.AwaitsApproval,
        Approval = row.Approval,
        Alarm = row.Alarm,
        Key = row.Key,
        Sha256 = row.Sha256,
        Examples = row.Examples,
        Tokens = row.Tokens,
        PriceLow = row.PriceLow,
        PriceHigh = row.PriceHigh,
        Report = row.Report,
        JobId = row.JobId,
        ModelId = row.ModelId,
        Alias = row.Spec.Alias,
        TrainedTokens = row.TrainedTokens,
        Cost = row.Cost,
        Checkpoints = row.Checkpoints,
        ErrorCode = row.ErrorCode,
        ErrorParam = row.ErrorParam,
    };
}
