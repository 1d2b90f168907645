using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Dedupe;

/// <summary>
/// Finds the examples that may be like a new one without comparing it with each: of every set the least hash in each of 64 parts is
/// taken (MinHash with one permutation), and sets that agree in all of a group of parts are candidates. How many parts make a group
/// follows from the likeness sought, so that of pairs just that alike 98 in 100 are found, and more of those more alike.
/// </summary>
internal sealed class NearIndex
{
    private const int Parts = 64;
    private const double Found = 0.98;

    private readonly int _rows;
    private readonly int _bands;
    private readonly ExampleIndex _index;
    private readonly ulong[] _least = new ulong[Parts];

    public NearIndex(double likeness, int mostExamples)
    {
        _rows = Enumerable.Range(1, Parts / 2).Last(rows => rows == 1 || 1 - Math.Pow(1 - Math.Pow(likeness, rows), Parts / rows) >= Found);
        _bands = Parts / _rows;
        _index = new ExampleIndex((int)Math.Min((long)mostExamples * _bands, int.MaxValue / 4));
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
            ref ulong least = ref _least[triple >> 58];
            least = Math.Min(least, triple);
        }

        for (int part = 0; part < Parts; part++)
        {
            if (_least[part] == ulong.MaxValue)
            {
                _least[part] = Borrow(part);
            }
        }
    }

    // A part without a hash takes that of another, the same one in every set that lacks the same parts.
    private ulong Borrow(int part)
    {
        for (ulong attempt = 1; ; attempt++)
        {
            ulong other = Fingerprint.Add((ulong)part, attempt) >> 58;
            if (_least[other] != ulong.MaxValue && _least[other] >> 58 == other)
            {
                return _least[other];
            }
        }
    }
}
