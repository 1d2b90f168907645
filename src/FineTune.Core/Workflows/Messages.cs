using FineTune.Ports;

namespace FineTune.Workflows;

// Inputs and results of workflows and activities. They are stored in histories: add optional members, never rename or remove one.
// A result's End, where it has one, says that the run ends at this step.

/// <summary>Starts <see cref="FineTuneWorkflow"/>.</summary>
/// <param name="Form">Which order of steps the run was started under; it keeps to it for life. See docs/decisions/0005.</param>
public sealed record FineTuneInput(DatasetVersion Dataset, DatasetVersion? Validation, FineTuneSpec Spec, RunLimits Limits, int Form)
{
    /// <summary>What new runs start under; the only one there is, for nothing was released before it.</summary>
    public const int CurrentForm = 2;

    /// <summary>There is a job already, found again at the provider: the run begins by following it. Null for every other run.</summary>
    public string? JobId { get; init; }
}

public sealed record InspectInput(string RunId, DatasetVersion Dataset, DatasetVersion? Validation, FineTuneSpec Spec);

/// <param name="PriceHigh">In US dollars; null where no price is known.</param>
/// <param name="EpochsHigh">For which it is that price.</param>
public sealed record Inspection(
    FineTuneOutcome? End, string Key = "", string Sha256 = "", string? ValidationSha256 = null, decimal? PriceHigh = null, int? EpochsHigh = null);

public sealed record ClaimInput(string RunId, string Key);

public sealed record Claim(FineTuneOutcome? End);

/// <summary>Also starts <see cref="ApprovalWorkflow"/>, which asks the same question until there is an answer.</summary>
public sealed record ApproveInput(string RunId, string Key, decimal? PriceHigh, int? EpochsHigh, RunLimits Limits);

/// <param name="Wait">Not yet: ask again after this.</param>
/// <param name="Epochs">To be asked of the provider, so that the price cannot be above what was approved; null where no limit applies.</param>
public sealed record SpendingApproval(FineTuneOutcome? End, TimeSpan? Wait = null, string? Detail = null, int? Epochs = null);

/// <param name="FileName">Ours at the provider; the same at every attempt.</param>
public sealed record UploadInput(string RunId, DatasetVersion Dataset, string Sha256, string FileName, bool IsValidation);

public sealed record Upload(FineTuneOutcome? End, string FileId = "");

public sealed record CheckFileInput(string RunId, string FileId);

public sealed record FileCheck(FineTuneOutcome? End, bool Ready = false);

public sealed record CreateJobInput(string RunId, string Key, FineTuneSpec Spec, string TrainingFileId, string? ValidationFileId);

/// <param name="Wait">Nothing to tell yet: call again after this.</param>
/// <param name="StopsClock">This wait does not count towards the deadline: a person paused the run, or a lost call has to be cleared up first.</param>
public sealed record JobCreation(FineTuneOutcome? End, string? JobId = null, TimeSpan? Wait = null, string? Detail = null, bool StopsClock = false)
{
    internal static JobCreation Later(TimeSpan wait, string detail) => new(End: null, Wait: wait, Detail: detail);

    internal static JobCreation Ended(RunStatus status, string detail, ProviderError? error = null)
        => new(new FineTuneOutcome(status, detail) { ErrorCode = error?.Code, ErrorParam = error?.Param });
}

/// <summary>Starts <see cref="CreateJobWorkflow"/>.</summary>
/// <param name="First">What the run was told already; its wait comes before the first call.</param>
public sealed record AwaitJobInput(CreateJobInput Job, DateTime Deadline, JobCreation? First = null);

/// <summary>Starts <see cref="FollowJobWorkflow"/>.</summary>
/// <param name="Pause">Before the next look.</param>
/// <param name="AfterEventId">The newest event stored so far.</param>
/// <param name="Progress">The newest numbers so far.</param>
/// <param name="VerifyAt">When to make sure that there is no second job; null once that is done.</param>
/// <param name="Status">At the last look that was answered.</param>
/// <param name="NewsAt">When there last was an event or another status; null before the first look.</param>
public sealed record FollowJobInput(
    string RunId, string JobId, RunLimits Limits, DateTime Deadline, TimeSpan Pause,
    string? AfterEventId = null, FineTuneProgress? Progress = null, DateTime? VerifyAt = null, JobStatus? Status = null, DateTime? NewsAt = null)
{
    /// <summary>Null while there was news lately, or nobody is to be told.</summary>
    internal TimeSpan? SilenceAt(DateTime now) => now - NewsAt is { } silence && silence >= Limits.StalledAfter ? silence : null;

    /// <summary>A job that somebody paused is silent by right.</summary>
    internal FollowJobInput After(JobLook look, DateTime now)
    {
        bool isNews = look.HasNews || look.Status.IsPaused || (!look.NoAnswer && look.Status != Status);
        return this with { NewsAt = isNews ? now : NewsAt ?? now, Status = look.NoAnswer ? Status : look.Status };
    }
}

/// <summary>What <see cref="FollowJobWorkflow"/> returns: no end means that the provider is done with the job.</summary>
public sealed record FollowedJob(FineTuneOutcome? End);

/// <param name="Silence">For how long there has been no news, once that is longer than it should be.</param>
public sealed record ReadJobInput(string RunId, string JobId, string? AfterEventId, TimeSpan? Silence = null);

/// <param name="AwaitsModel">It succeeded, but the model's id is not there yet.</param>
/// <param name="NoAnswer">The provider did not tell: everything else is as it was.</param>
public sealed record JobLook(
    JobStatus Status, bool AwaitsModel, bool HasNews, string? LastEventId, FineTuneProgress Progress, bool NoAnswer = false);

public sealed record CancelSurplusInput(string RunId, string JobId);

public sealed record CollectInput(string RunId, string JobId);

public sealed record RecordInput(string RunId, FineTuneOutcome Outcome);

public sealed record SettleInput(string RunId);

public sealed record CleanUpInput(string RunId);

public sealed record NotifyInput(string RunId);

/// <summary>The result of an activity that has nothing to tell.</summary>
public sealed record Done;
