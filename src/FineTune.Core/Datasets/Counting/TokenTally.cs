using FineTune.Catalogue;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Counting;

/// <summary>Adds up the tokens of examples, and says which are longer than the model trains on.</summary>
internal sealed class TokenTally(ProblemLog problems, ModelFacts? model)
{
    private Interval<long> _dataset;
    private Interval<long> _trained;
    private long _longest;
    private int? _longestLine;

    public void Add(JsonValue example, Interval<long> tokens)
    {
        long context = model?.TrainingContext ?? long.MaxValue;
        _dataset = Sum(_dataset, tokens);
        _trained = Sum(_trained, new Interval<long>(Math.Min(tokens.Low, context), Math.Min(tokens.High, context)));
        if (tokens.High > _longest)
        {
            (_longest, _longestLine) = (tokens.High, example.Line.Line.Number);
        }

        if (tokens.Low > context)
        {
            problems.Add(DatasetWideRules.OverContext, example, tokens.Low, model!.Name, context, tokens.Low - context);
        }
        else if (tokens.High > context)
        {
            problems.Add(DatasetWideRules.MaybeOverContext, example, tokens.High, model!.Name, context);
        }
    }

    public TokenTotals Totals(Interval<int> epochs, DatasetRole role)
    {
        var billed = role == DatasetRole.Validation
            ? default
            : new Interval<long>(_trained.Low * epochs.Low, _trained.High * epochs.High);
        return new TokenTotals(_dataset, _trained, _longest, _longestLine, billed);
    }

    private static Interval<long> Sum(Interval<long> left, Interval<long> right) => new(left.Low + right.Low, left.High + right.High);
}
