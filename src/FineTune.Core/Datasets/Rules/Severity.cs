using System.Text.Json.Serialization;

namespace FineTune.Datasets.Rules;

/// <summary>What a problem means for training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>The provider would refuse the dataset, or train something else than what is written in it.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>It trains, but probably not as its author thinks.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Worth knowing; nothing to do.</summary>
    [JsonStringEnumMemberName("note")]
    Note,
}
