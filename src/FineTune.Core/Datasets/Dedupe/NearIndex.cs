using FineTune.Datasets.Reading;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets.Dedupe;

/// <summary>
/// Finds the examples that may be like a new one without comparing it with each (MinHash): of every set the least value under each of
/// 64 hash functions is taken, and sets that agree in all of a group of them are candidates. How many make a group follows from the
/// likeness sought, so that of pairs just that alike 98 in 100 are found, and more of those more alike. The inspection's own search
/// (<see cref="SketchTable"/>) cannot do this: it is made for one likeness and reads a dataset only once, while
/// what is dropped for good is sought at any likeness and then compared word by word.
/// </summary>
internal sealed class NearIndex
{
    private const int Hashes = 64;
    private const double Found = 0.98;

    private readonly int _rows;
    private readonly int _bands;
    private readonly FingerprintTable _index;
    private readonly ulong[] _least = new ulong[Hashes];
    private readonly ulong[] _factors = [.. Enumerable.Range(1, Hashes).Select(hash => Fingerprint.Add(0, (ulong)hash) | 1)];

    public NearIndex(double likeness, int mostExamples)
    {
        _rows = Enumerable.Range(1, Hashes / 2).Last(rows => rows == 1 || 1 - Math.Pow(1 - Math.Pow(likeness, rows), Hashes / rows) >= Found);
        _bands = Hashes / _rows;
        _index = new FingerprintTable((int)Math.Min((long)mostExamples * _bands, int.MaxValue / 4));
    }

    /// <summary>The numbers of earlier examples that may be like this one, which is remembered under its own number.</summary>
    /// <param name="number">From 1 on.</param>
    public void Find(ReadOnlySpan<ulong> triples, int number, HashSet<int> candidates)
    {
        candidates.Clear();
        TakeLeast(triples);
        for (int band = 0; band < _bands; band++)
        {
            ulong hash = Fingerprint.Add(0, (ulong)band);
            foreach (ulong least in _least.AsSpan(band * _rows, _rows))
            {
                hash = Fingerprint.Add(hash, least);
            }

            if (_index.LineOfFirst(hash, number) is > 0 and var earlier)
            {
                candidates.Add(earlier);
            }
        }
    }

    private void TakeLeast(ReadOnlySpan<ulong> triples)
    {
        Array.Fill(_least, ulong.MaxValue);
        foreach (ulong triple in triples)
        {
            for (int hash = 0; hash < _least.Length; hash++)
            {
                _least[hash] = Math.Min(_least[hash], triple * _factors[hash]);
            }
        }
    }
}
