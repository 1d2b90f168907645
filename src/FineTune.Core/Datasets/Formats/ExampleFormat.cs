using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats;

/// <summary>Judges and counts the examples of one format. One instance serves all examples of a worker.</summary>
internal abstract class ExampleFormat
{
    public abstract void Judge(JsonValue example);

    /// <summary>The fingerprint of what the example asks, by which contradictions are found; 0 when it asks nothing.</summary>
    public abstract ulong PromptOf(JsonValue example);
}
