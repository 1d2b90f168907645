using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats;

/// <summary>Judges and counts the examples of one format. One instance serves a whole file.</summary>
internal abstract class ExampleFormat
{
    /// <summary>Messages seen so far.</summary>
    public long Messages { get; protected set; }

    public abstract void Judge(JsonValue example);

    /// <summary>Judges what only all examples together tell.</summary>
    public virtual void EndOfFile()
    {
    }
}
