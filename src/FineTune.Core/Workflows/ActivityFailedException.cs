namespace FineTune.Workflows;

/// <summary>What a workflow sees of a failed activity or sub-workflow: text only, for the real exception may have died with another process.</summary>
public sealed class ActivityFailedException(string name, string errorType, string message)
    : Exception($"{name} failed: {message}")
{
    /// <summary>The activity or sub-workflow that failed.</summary>
    public string Name { get; } = name;

    /// <summary>The simple type name of the exception it failed with.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>The failure's own words.</summary>
    public string Reason { get; } = message;
}
