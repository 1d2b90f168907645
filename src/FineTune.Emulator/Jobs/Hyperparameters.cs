using System.Text.Json.Serialization;

namespace FineTune.Emulator.Jobs;

/// <summary>The hyperparameters of a job as it shows them. Beta belongs to DPO jobs only, what follows it to reinforcement.</summary>
internal sealed record Hyperparameters(Setting NEpochs, Setting BatchSize, Setting LearningRateMultiplier)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Setting? Beta { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningEffort { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Setting? ComputeMultiplier { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Setting? EvalInterval { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Setting? EvalSamples { get; init; }
}
