namespace FineTune.Datasets.Rules;

/// <summary>How often one rule was broken, whether or not each place is listed.</summary>
/// <param name="FirstLine">Null when the rule concerns no line.</param>
public sealed record ProblemCount(string Code, Severity Severity, long Count, int? FirstLine);
