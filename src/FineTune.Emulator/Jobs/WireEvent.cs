using System.Text.Json.Nodes;

namespace FineTune.Emulator.Jobs;

/// <summary>An event on the wire. Its data is empty for most, numbers for metrics, a code for errors.</summary>
internal sealed record WireEvent(string Id, long CreatedAt, string Level, string Message, JsonObject Data, string Type)
{
    public string Object { get; } = "fine_tuning.job.event";
}

/// <summary>A checkpoint on the wire.</summary>
internal sealed record WireCheckpoint(
    string Id, long CreatedAt, string FineTunedModelCheckpoint, string FineTuningJobId, JsonObject Metrics, int StepNumber)
{
    public string Object { get; } = "fine_tuning.job.checkpoint";
}
