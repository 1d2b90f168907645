using FineTune.Activities;
using FineTune.Emulator.Faults;

namespace FineTune.EndToEnd.Tests.Interruptions;

/// <summary>Where within a step the program dies.</summary>
public enum Phase
{
    /// <summary>Nothing of the step is done or written.</summary>
    BeforeItBegins,

    /// <summary>Its intent is written and its call is on the way; the provider has done nothing.</summary>
    BeforeTheProviderActs,

    /// <summary>The provider has done its work; its answer is not read.</summary>
    BeforeTheAnswer,

    /// <summary>The answer is read and the ledger written; the journal knows nothing of it.</summary>
    BeforeItIsJournaled,

    /// <summary>The step is journaled; the next one is not asked for.</summary>
    BeforeTheNextStep,
}

/// <summary>One step in one phase.</summary>
internal sealed record KillPoint(string Step, Phase Phase)
{
    /// <summary>In the order of a run. CreateJob, and with it the wait for a turn, comes before the looks.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        nameof(InspectDataset), nameof(ClaimKey), nameof(ApproveSpending), nameof(UploadDataset), nameof(CheckFile), nameof(CreateJob), nameof(ReadJob),
        nameof(CancelSurplusJobs), nameof(CollectResult), nameof(RecordOutcome), nameof(SettleSpending), nameof(CleanUp),
    ];

    /// <summary>Steps that call nobody outside have no phases of a call.</summary>
    private static readonly Dictionary<string, FaultMatch> Calls = new()
    {
        [nameof(UploadDataset)] = Call("POST", "/v1/files"),
        [nameof(CheckFile)] = Call("GET", "/v1/files/*"),
        [nameof(CreateJob)] = Call("POST", "/v1/fine_tuning/jobs"),
        [nameof(ReadJob)] = Call("GET", "/v1/fine_tuning/jobs/*/events"),
        [nameof(CancelSurplusJobs)] = Call("GET", "/v1/fine_tuning/jobs"),
        [nameof(CollectResult)] = Call("GET", "/v1/files/*/content"),
        [nameof(CleanUp)] = Call("DELETE", "/v1/files/*"),
    };

    /// <summary>Every step in every phase.</summary>
    public static IReadOnlyList<KillPoint> All { get; } =
        [.. Enum.GetValues<Phase>().SelectMany(phase => Steps.Select(step => new KillPoint(step, phase)))];

    public bool Exists => CrashAt is not null || Calls.ContainsKey(Step);

    /// <summary>What the program is told to die at; null where the provider's silence is the moment.</summary>
    public string? CrashAt => Phase switch
    {
        Phase.BeforeItBegins => $"{Step}:before",
        Phase.BeforeItIsJournaled => $"{Step}:done",
        Phase.BeforeTheNextStep => $"{Step}:journaled",
        _ => null,
    };

    /// <summary>Lets the provider fall silent at the step's call, before or after it has acted.</summary>
    public Fault Silence => new() { Kind = FaultKind.Delay, Match = Calls[Step], AfterCommit = Phase is Phase.BeforeTheAnswer };

    public override string ToString() => $"{Step} {Phase}";

    private static FaultMatch Call(string method, string path) => new() { Method = method, Path = path };
}
