namespace FineTune.Datasets.Split;

/// <summary>Examples that stay together.</summary>
/// <param name="Index">In order of their first example.</param>
/// <param name="Stratum">Of the first example.</param>
/// <param name="Size">In examples.</param>
internal readonly record struct ExampleGroup(int Index, ulong Stratum, int Size);
