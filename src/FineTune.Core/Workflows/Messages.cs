using FineTune.Ports;

namespace FineTune.Workflows;

// Inputs and results of workflows and activities. They are stored in histories: add optional members, never rename or remove one.
// A result's End, where it has one, says that the run ends at this step.

/// <summary>Starts <see cref="FineTuneWorkflow"/>.</summary>
public sealed record FineTuneInput(DatasetVersion Dataset, DatasetVersion? Validation, FineTuneSpec Spec, RunLimits Limits)
{
    /// <summary>There is a job already, found again at the provider: the run begins by following it. Null for every other run.</summary>
    public string? JobId { get; init; }
}

public sealed record InspectInput(string RunId, DatasetVersion Dataset, DatasetVersion? Validation, FineTuneSpec Spec);

/// <param name="PriceHigh">In US dollars; null where no price is known.</param>
public sealed record Inspection(FineTuneOutcome? End, string Key = "", string Sha256 = "", string? ValidationSha256 = null, decimal? PriceHigh = null);

public sealed record ClaimInput(string RunId, string Key);

public sealed record Claim(FineTuneOutcome? End);

/// <param name="FileName">Ours at the provider; the same at every attempt.</param>
public sealed record UploadInput(string RunId, DatasetVersion Dataset, string Sha256, string FileName, bool IsValidation);

public sealed record Upload(FineTuneOutcome? End, string FileId = "");

public sealed record CheckFileInput(string RunId, string FileId);

public sealed record FileCheck(FineTuneOutcome? End, bool Ready = false);

public sealed record CreateJobInput(string RunId, string Key, FineTuneSpec Spec, string TrainingFileId, string? ValidationFileId);

/// <param name="Wait">Nothing to tell yet: call again after this.</param>
public sealed record JobCreation(FineTuneOutcome? End, string? JobId = null, TimeSpan? Wait = null, string? Detail = null);

/// <summary>Starts <see cref="FollowJobWorkflow"/>.</summary>
/// <param name="Pause">Before the next look.</param>
/// <param name="AfterEventId">The newest event stored so far.</param>
/// <param name="Progress">The newest numbers so far.</param>
/// <param name="VerifyAt">When to make sure that there is no second job; null once that is done.</param>
public sealed record FollowJobInput(
    string RunId, string JobId, RunLimits Limits, DateTime Deadline, TimeSpan Pause,
    string? AfterEventId = null, FineTuneProgress? Progress = null, DateTime? VerifyAt = null);

/// <summary>What <see cref="FollowJobWorkflow"/> returns: no end means that the provider is done with the job.</summary>
public sealed record FollowedJob(FineTuneOutcome? End);

public sealed record ReadJobInput(string RunId, string JobId, string? AfterEventId);

/// <param name="AwaitsModel">It succeeded, but the model's id is not there yet.</param>
public sealed record JobLook(JobStatus Status, bool AwaitsModel, bool HasNews, string? LastEventId, FineTuneProgress Progress);

public sealed record CancelSurplusInput(string RunId, string JobId);

public sealed record CollectInput(string RunId, string JobId);

public sealed record RecordInput(string RunId, FineTuneOutcome Outcome);

public sealed record CleanUpInput(string RunId);

/// <summary>The result of an activity that has nothing to tell.</summary>
public sealed record Done;
