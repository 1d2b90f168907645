namespace FineTune.Local.Engine.Journaling;

/// <summary>One thing a workflow asked for, and, once known, what came of it: the unit of history.</summary>
/// <param name="Seq">Counts what the generation asked for, from 0.</param>
/// <param name="Name">Of the activity, sub-workflow or event; empty for a timer.</param>
internal sealed record StepRow(int Seq, StepKind Kind, string Name)
{
    /// <summary>An activity's; a sub-workflow's is in its own row.</summary>
    public string? Input { get; init; }

    /// <summary>The sub-workflow's instance.</summary>
    public string? ChildId { get; init; }

    /// <summary>How many outcomes the workflow knew when it asked.</summary>
    public int Turn { get; init; }

    /// <summary>When a timer fires, a wait gives up or an activity is tried again, in UTC.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>Counted in place, not as history, so that a month of retries stays one row.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Null while it is open.</summary>
    public StepOutcome? Outcome { get; init; }
}
