using FineTune.Ports;

namespace FineTune.Webhooks;

/// <summary>What a receiver is told of a run that is over.</summary>
/// <param name="Type"><c>run.succeeded</c>, <c>run.failed</c> and so on: the run's status in lower case.</param>
/// <param name="Timestamp">When it ended.</param>
public sealed record RunEnded(string Type, DateTimeOffset Timestamp, RunEndedData Data)
{
    public static RunEnded Of(RunRow run) => new($"run.{run.Status}".ToLowerInvariant(), run.UpdatedAt, new RunEndedData
    {
        RunId = run.RunId,
        Status = run.Status,
        Dataset = run.Dataset.Name,
        BaseModel = run.Spec.Model,
        Key = run.Key,
        JobId = run.JobId,
        ModelId = run.ModelId,
        Alias = run.Spec.Alias,
        TrainedTokens = run.TrainedTokens,
        Cost = run.Cost,
        ErrorCode = run.ErrorCode,
    });
}

/// <summary>The run, in ids, codes and numbers.</summary>
public sealed record RunEndedData
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    public required string Dataset { get; init; }

    public required string BaseModel { get; init; }

    public string? Key { get; init; }

    public string? JobId { get; init; }

    public string? ModelId { get; init; }

    public string? Alias { get; init; }

    /// <summary>As billed: all epochs.</summary>
    public long? TrainedTokens { get; init; }

    /// <summary>What they cost at list price, in US dollars; null where no price is known.</summary>
    public decimal? Cost { get; init; }

    public string? ErrorCode { get; init; }
}
