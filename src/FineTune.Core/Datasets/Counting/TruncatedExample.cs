namespace FineTune.Datasets.Counting;

/// <summary>An example longer than the model trains on.</summary>
/// <param name="Cut">Tokens that would be cut off at its end, at least.</param>
/// <param name="From">The message the cut begins in, as <c>messages[4]</c>; null when the example is no conversation.</param>
public sealed record TruncatedExample(int Line, Interval<long> Tokens, long Cut, string? From);
