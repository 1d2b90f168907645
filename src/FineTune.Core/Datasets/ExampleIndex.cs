using FineTune.Datasets.Similarity;

namespace FineTune.Datasets;

/// <summary>
/// Remembers the examples of a dataset in bounded memory, to find those that repeat, nearly repeat or contradict each other, and
/// those of a validation dataset that stand in the training one. For one inspection at a time.
/// </summary>
/// <param name="most">Examples remembered; each takes up to 66 bytes: a million 66 MB, and an eighth more for a moment while a table grows.</param>
public sealed class ExampleIndex(int most = ExampleIndex.Most)
{
    /// <summary>Examples remembered unless said otherwise.</summary>
    public const int Most = 1_000_000;

    /// <summary>How many are remembered at most.</summary>
    internal int Limit => most;

    /// <summary>Whether no more are taken.</summary>
    internal bool IsFull => Wholes.IsFull;

    /// <summary>Whether examples came when no more were taken: nothing is compared with those.</summary>
    internal bool HasLeftOut { get; set; }

    /// <summary>By all that is in an example.</summary>
    internal FingerprintTable Wholes { get; } = new(most);

    /// <summary>By what the examples ask.</summary>
    internal FingerprintTable Prompts { get; } = new(most);

    /// <summary>By what is said in them, roughly.</summary>
    internal SketchTable Sketches { get; } = new(most);

    /// <summary>Has the processor fetch what looking up an example needs; the result means nothing.</summary>
    internal ulong Fetch(in ExampleMark example)
        => Wholes.Fetch(example.Whole) + Prompts.Fetch(example.Prompt) + Sketches.Fetch(example.Sketch);
}
