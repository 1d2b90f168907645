namespace FineTune.Datasets.Counting;

/// <summary>How often the provider will go through a dataset.</summary>
public static class EpochEstimate
{
    private const int Target = 3;
    private const int MinTargetExamples = 100;
    private const int MaxTargetExamples = 25_000;
    private const int Most = 25;

    /// <summary>
    /// What was asked for where that can be, or an estimate: the provider's own rule is unpublished. The upper bound is the OpenAI cookbook's rule,
    /// which agrees with recorded jobs; the lower one is one less, for Azure's worked example comes out there.
    /// </summary>
    public static Interval<int> Of(long examples, int? asked)
    {
        if (asked is { } exact and > 0)
        {
            return new Interval<int>(exact, exact);
        }

        int estimate = CookbookRule(Math.Max(1, examples));
        return new Interval<int>(Math.Max(1, estimate - 1), estimate);
    }

    private static int CookbookRule(long examples)
        => examples * Target < MinTargetExamples ? (int)Math.Min(Most, MinTargetExamples / examples)
        : examples * Target > MaxTargetExamples ? (int)Math.Max(1, MaxTargetExamples / examples)
        : Target;
}
