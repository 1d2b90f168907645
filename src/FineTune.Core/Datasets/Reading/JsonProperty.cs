namespace FineTune.Datasets.Reading;

/// <summary>A key and its value.</summary>
internal readonly record struct JsonProperty(JsonValue Name, JsonValue Value);
