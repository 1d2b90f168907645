namespace FineTune.Local.Engine.Journaling;

/// <summary>How a step ended, as its workflow is told; written once and never changed.</summary>
/// <param name="Payload">The result or event as JSON; the failure's words where it failed.</param>
/// <param name="ErrorType">Only of a failure.</param>
internal sealed record StepOutcome(OutcomeKind Kind, string? Payload = null, string? ErrorType = null)
{
    /// <summary>Its place among the instance's outcomes: replay delivers them in this order. 1 is the first.</summary>
    public int Delivery { get; init; }

    /// <summary>The workflow's clock from here on.</summary>
    public DateTime At { get; init; }

    /// <summary>The inbox row that an event came from, which is taken out together with this.</summary>
    public long? InboxId { get; init; }
}

/// <summary>The ends a step can come to. The names are persisted.</summary>
internal enum OutcomeKind
{
    Succeeded,
    Failed,

    /// <summary>No event came in time.</summary>
    TimedOut,
}
