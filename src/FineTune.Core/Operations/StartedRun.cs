namespace FineTune.Operations;

/// <summary>The answer to a start.</summary>
/// <param name="IsNew">False: the same request had started this run before.</param>
public sealed record StartedRun(RunView Run, bool IsNew);
