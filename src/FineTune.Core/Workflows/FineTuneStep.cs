using System.Text.Json.Serialization;

namespace FineTune.Workflows;

/// <summary>The steps of a run, in order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FineTuneStep>))]
public enum FineTuneStep
{
    Inspecting,
    AwaitingApproval,
    Uploading,
    WaitingForFiles,
    CreatingJob,
    Training,
    Done,
}
