namespace FineTune.Datasets.Counting;

/// <summary>The tokens of a dataset; exact for text, an interval where tools or images are in it.</summary>
/// <param name="Dataset">In all examples.</param>
/// <param name="Trained">Of these, what fits into the model's training context: what one epoch is billed for.</param>
/// <param name="Longest">Of the longest example, its upper bound.</param>
/// <param name="LongestLine">Where that one stands; null when there is no example.</param>
/// <param name="Billed">The trained ones times the epochs; nothing for a validation dataset.</param>
public sealed record TokenTotals(
    Interval<long> Dataset, Interval<long> Trained, long Longest, int? LongestLine, Interval<long> Billed);
