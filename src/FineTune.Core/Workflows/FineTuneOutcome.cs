using FineTune.Ports;

namespace FineTune.Workflows;

/// <summary>How a run ended, and why in one sentence.</summary>
public sealed record FineTuneOutcome(RunStatus Status, string Detail)
{
    public string? ModelId { get; init; }

    public string? JobId { get; init; }

    public long? TrainedTokens { get; init; }

    /// <summary>Models saved on the way, oldest first; null where there are none.</summary>
    public IReadOnlyList<Checkpoint>? Checkpoints { get; init; }

    /// <summary>The day the provider says the model stops answering.</summary>
    public DateOnly? ShutdownDate { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorParam { get; init; }

    /// <summary>What a failed step means for the run: a person has to look, for nothing was lost but nothing can go on.</summary>
    public static FineTuneOutcome Of(ActivityFailedException failure)
        => new(RunStatus.NeedsAttention, failure.Message) { ErrorCode = failure.ErrorType };
}
