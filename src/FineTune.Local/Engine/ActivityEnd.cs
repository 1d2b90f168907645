namespace FineTune.Local.Engine;

/// <summary>How one attempt of an activity ended: with a result as JSON or with an exception.</summary>
internal sealed record ActivityEnd(string? Result, Exception? Failure);
