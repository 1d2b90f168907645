using System.Text.Json;
using System.Text.Json.Serialization;
using FineTune.Workflows;

namespace FineTune.Local.Engine;

/// <summary>The shape in which custom statuses are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FineTuneProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext
{
    public static string Write(FineTuneProgress progress) => JsonSerializer.Serialize(progress, Default.FineTuneProgress);

    public static FineTuneProgress? Read(string json) => JsonSerializer.Deserialize(json, Default.FineTuneProgress);
}
