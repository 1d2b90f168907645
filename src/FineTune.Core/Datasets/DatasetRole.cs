using System.Text.Json.Serialization;

namespace FineTune.Datasets;

/// <summary>What a dataset is for: one to learn from, or one to measure with, which is not billed and may be small.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatasetRole>))]
public enum DatasetRole
{
    [JsonStringEnumMemberName("training")]
    Training,

    [JsonStringEnumMemberName("validation")]
    Validation,
}
