using FineTune.Ports;

namespace FineTune.Local.Engine.Journaling;

/// <summary>One workflow instance as the journal has it.</summary>
internal sealed record InstanceRow
{
    public required string Id { get; init; }

    public required string Workflow { get; init; }

    public WorkflowStatus Status { get; init; } = WorkflowStatus.Running;

    /// <summary>1, and one more at every continue-as-new.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Of this generation, as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Of this generation, in UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The instance that waits for this one.</summary>
    public string? ParentId { get; init; }

    /// <summary>The result as JSON, once completed.</summary>
    public string? Output { get; init; }

    public string? ErrorType { get; init; }

    /// <summary>Why it failed or was parked.</summary>
    public string? Error { get; init; }

    /// <summary>The custom status as JSON.</summary>
    public string? Progress { get; init; }

    public WorkflowState ToState() => new(
        Id, Status, Progress is null ? null : ProgressJson.Read(Progress), ErrorType is null ? Error : $"{ErrorType}: {Error}");
}
