using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Dedupe;

/// <summary>Finds the kept example that a new one is like enough: candidates from the index, then an exact comparison.</summary>
internal sealed class NearDuplicates(double likeness, int mostExamples, CommonTriples common, Stream dataset)
{
    // Of a hostile file every example would be a candidate.
    private const int MostComparisons = 16;

    private readonly NearIndex _index = new(likeness, mostExamples);
    private readonly KeptExamples _kept = new(dataset);
    private readonly WordTriples _words = new();
    private readonly WordTriples _otherWords = new();
    private readonly HashSet<int> _candidates = [];

    public bool IsFull => _kept.Count >= mostExamples;

    /// <summary>The example to drop this one for; null when there is none, and this one is remembered.</summary>
    public DroppedExample? Find(JsonLine example)
    {
        var triples = TriplesOf(_words, example);
        if (triples.IsEmpty)
        {
            return null;
        }

        _index.Find(triples, _kept.Count + 1, _candidates);
        foreach (int candidate in _candidates.Where(candidate => candidate <= _kept.Count).Take(MostComparisons))
        {
            double found = WordTriples.Likeness(triples, TriplesOf(_otherWords, _kept.Read(candidate)));
            if (found >= likeness)
            {
                return new DroppedExample(example.Line.Number, _kept.LineOf(candidate), Math.Round(found, 4));
            }
        }

        if (!IsFull)
        {
            _kept.Add(example.Line);
        }

        return null;
    }

    private ReadOnlySpan<ulong> TriplesOf(WordTriples words, JsonLine example) => common.LeaveOut(words.Of(example));
}
