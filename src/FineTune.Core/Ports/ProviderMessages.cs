using FineTune.Datasets.Formats.Reinforcement;

namespace FineTune.Ports;

/// <summary>A file at the provider.</summary>
/// <param name="Status"><c>processed</c>, <c>error</c> or any other word, which means "not yet".</param>
/// <param name="StatusDetails">The provider's words on an error.</param>
public sealed record ProviderFile(string Id, string FileName, long Bytes, string Status, string? StatusDetails = null)
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the provider deletes it by itself; null where it does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What a new job is asked for.</summary>
public sealed record NewJob(string Key, FineTuneSpec Spec, string TrainingFileId, string? ValidationFileId, int Attempt)
{
    /// <summary>What the spec's hash stands for; null unless the method is reinforcement.</summary>
    public Grader? Grader { get; init; }

    /// <summary>Goes into the job's metadata.</summary>
    public JobOrigin? Origin { get; init; }
}

/// <summary>A job at the provider.</summary>
public sealed record ProviderJob(string Id, JobStatus Status, string Model, string TrainingFileId, DateTimeOffset CreatedAt)
{
    public string? ModelId { get; init; }

    /// <summary>As billed; null until the end, and for jobs cancelled before they cost anything.</summary>
    public long? TrainedTokens { get; init; }

    public IReadOnlyList<string> ResultFileIds { get; init; } = [];

    /// <summary>Our key in its metadata; null when it is not ours.</summary>
    public string? Key { get; init; }

    /// <summary>Which of our deployments asked for it; null where none was named.</summary>
    public string? Installation { get; init; }

    /// <summary>The run that asked for it, in its own words; null when it is not ours, or of a release that wrote none.</summary>
    public JobOrigin? Origin { get; init; }

    public string? ValidationFileId { get; init; }

    public ProviderError? Error { get; init; }
}

/// <summary>A model at the provider.</summary>
/// <param name="ShutdownDate">The day it stops answering; null where the provider announces none.</param>
public sealed record ProviderModel(string Id, DateOnly? ShutdownDate);

/// <summary>What the provider says went wrong, shortened and freed of anything that looks like a key.</summary>
public sealed record ProviderError(string? Code, string? Param, string Message);

/// <summary>Some events of a job, newest first.</summary>
public sealed record EventPage(IReadOnlyList<RunEvent> Events, bool HasMore);

/// <summary>A model saved on the way.</summary>
public sealed record Checkpoint(string ModelId, int Step, double? TrainLoss, double? ValidLoss);
