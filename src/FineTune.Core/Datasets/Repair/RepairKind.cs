namespace FineTune.Datasets.Repair;

/// <summary>Something <c>fix</c> does by itself, because it changes how an example is written and never what it says.</summary>
/// <param name="Code">Of the rule it cures; what no single rule asks for has a code of its own.</param>
/// <param name="Did">What was done, as a sentence.</param>
public sealed record RepairKind(string Code, string Did);
