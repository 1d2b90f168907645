using System.Text.Json.Serialization;

namespace FineTune.Workflows;

/// <summary>What a person tells a run that is under way. It wakes every wait; the ledger, not the signal, is the truth about a cancellation.</summary>
/// <param name="By">Who said it.</param>
public sealed record RunSignal(RunSignalKind Kind, string By)
{
    /// <summary>The external event's name.</summary>
    public const string EventName = "signal";
}

/// <summary>The kinds of <see cref="RunSignal"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunSignalKind>))]
public enum RunSignalKind
{
    Cancel,
    Approve,
    Reject,
    Pause,
    Resume,

    /// <summary>Look now: there may be news.</summary>
    Wake,
}
