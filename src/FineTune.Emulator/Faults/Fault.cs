using System.Text.Json.Serialization;

namespace FineTune.Emulator.Faults;

/// <summary>One scripted fault: which requests it meets, and what happens to them. Which properties count depends on the kind.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>Null: every request under /v1, once where something happens to it.</summary>
    public FaultMatch? Match { get; init; }

    /// <summary>Given by the emulator when the fault is added.</summary>
    public string Id { get; init; } = "";

    /// <summary>HTTP status of fail-before and garbled-body. Default 500 and 200.</summary>
    public int? Status { get; init; }

    /// <summary>Body of fail-before (default: an error object) and garbled-body (default: the first half of the real answer).</summary>
    public string? Body { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>The Retry-After header of fail-before, verbatim: seconds, an HTTP date, or nonsense.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>
    /// How long: delay in real seconds; list-lag, unknown-status and model-null-after-success in emulated ones.
    /// Default: for ever.
    /// </summary>
    public double? Seconds { get; init; }

    /// <summary>Delay: after the work is done instead of before. Default false.</summary>
    public bool AfterCommit { get; init; }

    /// <summary>
    /// Reset-mid-upload: bytes of the request to read before the reset; beyond its end means after the last byte. Garbled-body:
    /// bytes of the announced answer to send before the reset.
    /// </summary>
    public long? AfterBytes { get; init; }

    /// <summary>The status unknown-status shows.</summary>
    public string? Value { get; init; }

    /// <summary>Code, message and param of fail-job, moderation-failure and fail-before's default body.</summary>
    public string? Code { get; init; }

    /// <summary>See <see cref="Code"/>; also the status_details of a file under unknown-status.</summary>
    public string? Message { get; init; }

    public string? Param { get; init; }

    /// <summary>How many requests it has met so far.</summary>
    public int Fired { get; init; }

    [JsonIgnore]
    internal bool HappensToRequest => Kind is FaultKind.FailBefore or FaultKind.CommitThenDrop or FaultKind.Delay
        or FaultKind.ResetMidUpload or FaultKind.GarbledBody;

    internal void Validate()
    {
        const double ThirtyYears = 1e9;
        Require(Seconds is null or (>= 0 and <= ThirtyYears), $"'seconds' is {Seconds}; expected 0 to {ThirtyYears:F0}.");
        Require(AfterBytes is null or >= 0, $"'after_bytes' is {AfterBytes}; expected 0 or more.");
        Require(Status is null or (>= 200 and <= 599), $"'status' is {Status}; expected 200 to 599.");
        Require(Match?.Nth is null or >= 1, $"'nth' is {Match?.Nth}; expected 1 or more.");
        Require(Match?.Times is null or >= 0, $"'times' is {Match?.Times}; expected 1 or more, or 0 for every request.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}

/// <summary>Which requests a fault meets.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FaultMatch
{
    internal static readonly FaultMatch Any = new();

    /// <summary>Null: any.</summary>
    public string? Method { get; init; }

    /// <summary>Such as /v1/fine_tuning/jobs/*: one star is one segment, two at the end are any rest. Null: any path under /v1.</summary>
    public string? Path { get; init; }

    /// <summary>The first matching request to meet, counted from 1 since the fault was added. Default 1.</summary>
    public int? Nth { get; init; }

    /// <summary>
    /// How many requests to meet from there on; 0 is every one. Default: one where something happens to the request, every one
    /// where reads show something else.
    /// </summary>
    public int? Times { get; init; }
}

/// <summary>What can go wrong.</summary>
[JsonConverter(typeof(FaultKindConverter))]
public enum FaultKind
{
    /// <summary>Answer with an error; nothing is done.</summary>
    FailBefore,

    /// <summary>Do the work, then reset the connection without an answer.</summary>
    CommitThenDrop,

    /// <summary>Wait, before or after the work.</summary>
    Delay,

    /// <summary>Reset the connection while the request body arrives; nothing is done.</summary>
    ResetMidUpload,

    /// <summary>Do the work, then answer with something that is not the answer.</summary>
    GarbledBody,

    /// <summary>New jobs and files are missing from lists for a while.</summary>
    ListLag,

    /// <summary>Listing jobs by metadata returns all of them.</summary>
    MetadataFilterIgnored,

    /// <summary>Jobs and files show a given status for a while.</summary>
    UnknownStatus,

    /// <summary>Every event of a page comes twice.</summary>
    DuplicateEvents,

    /// <summary>The events of a page come in another order.</summary>
    ReorderEvents,

    /// <summary>A succeeded job does not name its model for a while.</summary>
    ModelNullAfterSuccess,

    /// <summary>A job created by the request fails while its files are validated.</summary>
    FailJob,

    /// <summary>A job created by the request fails after training, because the model did not pass moderation.</summary>
    ModerationFailure,
}

/// <summary>Kinds in kebab case.</summary>
internal sealed class FaultKindConverter() : JsonStringEnumConverter<FaultKind>(System.Text.Json.JsonNamingPolicy.KebabCaseLower);
