using System.Text.Json.Serialization;
using FineTune.Workflows;

namespace FineTune.Ports;

/// <summary>What an engine knows of one workflow instance.</summary>
/// <param name="Status">Whether the engine still has work to do on it.</param>
/// <param name="Progress">The custom status it last set.</param>
/// <param name="Failure">Why it failed or was parked.</param>
public sealed record WorkflowState(string InstanceId, WorkflowStatus Status, FineTuneProgress? Progress, string? Failure);

/// <summary>An engine's own states; how the run itself ended is in the ledger.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkflowStatus>))]
public enum WorkflowStatus
{
    Running,
    Completed,
    Failed,

    /// <summary>Its history does not fit today's code: nothing is done until someone looks.</summary>
    Parked,
}
