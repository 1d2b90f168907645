using System.Globalization;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Rules;

/// <summary>
/// Counts every problem and keeps the first of them: at most <paramref name="maxKept"/> in all and a tenth of that (or <paramref name="maxOfOneRule"/>) of one rule,
/// so that neither memory nor the report grows with a hostile file, and one frequent mistake does not hide the rare ones. The first
/// of each rule is always kept.
/// </summary>
internal sealed class ProblemLog(int maxKept, int maxOfOneRule)
{
    private readonly Dictionary<string, Tally> _tallies = [];
    private readonly List<Problem> _kept = [];

    public ProblemLog(int maxKept)
        : this(maxKept, maxKept / 10)
    {
    }

    public bool HasErrors { get; private set; }

    public long Total { get; private set; }

    public long LeftOut => Total - _kept.Count;

    /// <summary>The problems kept, by place; those of the whole file first.</summary>
    public IReadOnlyList<Problem> Kept => [.. _kept.OrderBy(problem => problem.ByteOffset ?? -1)];

    /// <summary>The worst first, then the most frequent.</summary>
    public IReadOnlyList<ProblemCount> Counts
        => [.. _tallies.Values.Select(tally => tally.ToCount()).OrderBy(count => count.Severity).ThenByDescending(count => count.Count).ThenBy(count => count.Code)];

    public long CountOf(DatasetRule rule) => _tallies.TryGetValue(rule.Code, out var tally) ? tally.Count : 0;

    /// <summary>
    /// For one batch of a dataset: keeps whatever the log of the whole dataset might still want, that is, as many of one rule as that.
    /// </summary>
    public ProblemLog ForBatch() => new(int.MaxValue, maxOfOneRule);

    public void Clear()
    {
        _tallies.Clear();
        _kept.Clear();
        (HasErrors, Total) = (false, 0);
    }

    /// <summary>Adds the problems of the next batch, as if they had been added here one by one.</summary>
    public void Add(ProblemLog batch)
    {
        foreach (var problem in batch._kept)
        {
            var tally = batch._tallies[problem.Code];
            tally.Count--;
            if (Count(tally.Rule, problem.Line))
            {
                _kept.Add(problem);
            }
        }

        foreach (var (code, tally) in batch._tallies)
        {
            _tallies[code].Count += tally.Count;
            Total += tally.Count;
        }
    }

    /// <summary>A problem of the whole file or of a setting.</summary>
    public void Add(DatasetRule rule, string? field, params ReadOnlySpan<object?> particulars)
    {
        if (Count(rule, line: null))
        {
            _kept.Add(new Problem(rule.Code, rule.Severity, null, null, null, field, Fill(rule.Sentence, particulars), rule.Fix));
        }
    }

    /// <summary>A problem at a byte of a line.</summary>
    public void Add(DatasetRule rule, in Line line, int at, params ReadOnlySpan<object?> particulars)
    {
        if (Count(rule, line.Number))
        {
            Keep(rule, line, at, field: null, particulars);
        }
    }

    /// <summary>A problem with a value of an example.</summary>
    public void Add(DatasetRule rule, JsonValue value, params ReadOnlySpan<object?> particulars)
    {
        if (Count(rule, value.Line.Line.Number))
        {
            Keep(rule, value.Line.Line, value.Start, FieldPath.Of(value), particulars);
        }
    }

    /// <summary>A problem at a byte of a text.</summary>
    public void AddAt(DatasetRule rule, JsonValue text, int at, params ReadOnlySpan<object?> particulars)
    {
        if (Count(rule, text.Line.Line.Number))
        {
            Keep(rule, text.Line.Line, text.Line.PlaceOf(text.Index, at), FieldPath.Of(text), particulars);
        }
    }

    private void Keep(DatasetRule rule, in Line line, int at, string? field, ReadOnlySpan<object?> particulars)
        => _kept.Add(new Problem(
            rule.Code, rule.Severity, line.Number, line.ColumnOf(at), line.Offset + at, field, Fill(rule.Sentence, particulars), rule.Fix));

    private bool Count(DatasetRule rule, int? line)
    {
        Total++;
        HasErrors |= rule.Severity == Severity.Error;
        if (!_tallies.TryGetValue(rule.Code, out var tally))
        {
            _tallies[rule.Code] = tally = new Tally(rule, line);
        }

        tally.Count++;
        return tally.Count == 1 || (_kept.Count < maxKept && tally.Count <= maxOfOneRule);
    }

    private static string Fill(string sentence, ReadOnlySpan<object?> particulars)
        => string.Format(CultureInfo.InvariantCulture, sentence, particulars);

    private sealed class Tally(DatasetRule rule, int? firstLine)
    {
        public DatasetRule Rule => rule;

        public long Count { get; set; }

        public ProblemCount ToCount() => new(rule.Code, rule.Severity, Count, firstLine);
    }
}
