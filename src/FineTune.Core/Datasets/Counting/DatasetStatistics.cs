namespace FineTune.Datasets.Counting;

/// <summary>How the examples of the wanted format are made up; holds no training text.</summary>
/// <param name="Tokens">Examples by their tokens, the upper bound where that is an interval. Empty when tokens cannot be counted.</param>
/// <param name="Messages">Examples by their number of messages; empty when they have none.</param>
/// <param name="Roles">Messages by who speaks, the most frequent first.</param>
/// <param name="Truncated">The first twenty of the examples that are longer than the model trains on.</param>
public sealed record DatasetStatistics(
    IReadOnlyList<HistogramBar> Tokens, IReadOnlyList<HistogramBar> Messages, IReadOnlyList<RoleShare> Roles,
    IReadOnlyList<TruncatedExample> Truncated);

/// <summary>How many examples have a figure between two bounds, both included.</summary>
/// <param name="To">Null in the last bar, which is open.</param>
public sealed record HistogramBar(long From, long? To, long Examples);

/// <summary>What one role has said.</summary>
/// <param name="Tokens">The lower bound where that is an interval.</param>
public sealed record RoleShare(string Role, long Messages, long Tokens);
