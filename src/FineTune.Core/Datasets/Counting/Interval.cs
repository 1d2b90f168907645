namespace FineTune.Datasets.Counting;

/// <summary>A figure known only to lie between two bounds, both included; exact when they are the same.</summary>
public readonly record struct Interval<T>(T Low, T High)
    where T : IEquatable<T>;
