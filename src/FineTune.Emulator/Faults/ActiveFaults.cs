using FineTune.Emulator.Jobs;

namespace FineTune.Emulator.Faults;

/// <summary>A fault and the emulated time it was added.</summary>
internal sealed record SetFault(Fault Fault, DateTimeOffset SetAt)
{
    /// <summary>Whether it still shows on something that began then; its seconds run from the later of that and the scripting.</summary>
    public bool ShowsOn(DateTimeOffset began, DateTimeOffset now)
        => Fault.Seconds is not { } seconds || now < (began > SetAt ? began : SetAt) + TimeSpan.FromSeconds(seconds);
}

/// <summary>The faults one request has met.</summary>
internal sealed class ActiveFaults(IReadOnlyList<SetFault> met)
{
    public static readonly ActiveFaults None = new([]);

    /// <summary>The one that happens to the request itself.</summary>
    public Fault? OfRequest => met.FirstOrDefault(f => f.Fault.HappensToRequest)?.Fault;

    public SetFault? Find(FaultKind kind) => met.FirstOrDefault(f => f.Fault.Kind == kind);

    public bool ResetsConnection => OfRequest is { Kind: FaultKind.CommitThenDrop or FaultKind.ResetMidUpload }
        or { Kind: FaultKind.GarbledBody, AfterBytes: not null };

    public bool HasAny(FaultKind kind) => Find(kind) is not null;

    /// <summary>Hidden from lists by list-lag.</summary>
    public bool Hides(DateTimeOffset createdAt, DateTimeOffset now)
        => Find(FaultKind.ListLag) is { } lag && (lag.Fault.Seconds is not { } seconds || now < createdAt + TimeSpan.FromSeconds(seconds));

    public string? StatusInstead(DateTimeOffset createdAt, DateTimeOffset now)
        => Find(FaultKind.UnknownStatus) is { } fault && fault.ShowsOn(createdAt, now) ? fault.Fault.Value ?? "pausing" : null;

    /// <summary>The failure a job created by this request is to end with.</summary>
    public JobFailure? ScriptedFailure => Find(FaultKind.FailJob) is { Fault: var fault }
        ? new JobFailure(fault.Code ?? "exceeded_quota", fault.Message ?? "The job failed (scripted).", fault.Param)
        : Find(FaultKind.ModerationFailure) is { Fault: var moderation }
            ? new JobFailure(
                moderation.Code ?? "moderation_failed", // the provider's own code is not documented
                moderation.Message ?? "The model did not pass our usage policy evaluations and was not enabled.",
                moderation.Param,
                AfterTraining: true)
            : null;
}
