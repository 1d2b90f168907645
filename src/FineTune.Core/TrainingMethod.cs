using System.Text.Json.Serialization;

namespace FineTune;

/// <summary>How the provider is asked to train.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingMethod>))]
public enum TrainingMethod
{
    /// <summary><c>supervised</c>: learn the assistant's messages.</summary>
    [JsonStringEnumMemberName("supervised")]
    Supervised,

    /// <summary><c>dpo</c>: learn to prefer one answer over another.</summary>
    [JsonStringEnumMemberName("dpo")]
    Preference,

    /// <summary><c>reinforcement</c>: learn what a grader scores well.</summary>
    [JsonStringEnumMemberName("reinforcement")]
    Reinforcement,
}
