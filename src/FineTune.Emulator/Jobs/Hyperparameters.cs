using System.Text.Json.Serialization;

namespace FineTune.Emulator.Jobs;

/// <summary>The hyperparameters of a job as it shows them. Beta belongs to DPO jobs only.</summary>
internal sealed record Hyperparameters(Setting NEpochs, Setting BatchSize, Setting LearningRateMultiplier)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Setting? Beta { get; init; }
}
