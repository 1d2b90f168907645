using FineTune.Catalogue;

namespace FineTune.Datasets.Counting;

/// <summary>Adds up the tokens of examples, and of what the model trains on of each.</summary>
internal sealed class TokenTally(ModelFacts? model)
{
    private readonly long _context = model?.TrainingContext ?? long.MaxValue;
    private Interval<long> _dataset;
    private Interval<long> _trained;
    private long _longest;
    private int? _longestLine;

    /// <summary>No example of the wanted format was counted.</summary>
    public bool IsEmpty => _longestLine is null;

    public void Clear() => (_dataset, _trained, _longest, _longestLine) = (default, default, 0, null);

    public void Add(int line, ExampleTokens example) => Add(example.Total, example.Within(_context), example.Total.High, line);

    public void Add(TokenTally other) => Add(other._dataset, other._trained, other._longest, other._longestLine);

    public TokenTotals Totals(Interval<int> epochs, DatasetRole role)
    {
        var billed = role == DatasetRole.Validation
            ? default
            : new Interval<long>(_trained.Low * epochs.Low, _trained.High * epochs.High);
        return new TokenTotals(_dataset, _trained, _longest, _longestLine, billed);
    }

    private void Add(Interval<long> dataset, Interval<long> trained, long longest, int? longestLine)
    {
        (_dataset, _trained) = (Sum(_dataset, dataset), Sum(_trained, trained));
        if (longest > _longest)
        {
            (_longest, _longestLine) = (longest, longestLine);
        }
    }

    private static Interval<long> Sum(Interval<long> left, Interval<long> right) => new(left.Low + right.Low, left.High + right.High);
}
