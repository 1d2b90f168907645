namespace FineTune.Benchmarks;

/// <summary>One pass over all texts.</summary>
internal readonly record struct Round(long Tokens, double Seconds);
