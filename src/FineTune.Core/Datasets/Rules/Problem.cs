namespace FineTune.Datasets.Rules;

/// <summary>One place where a dataset breaks a <see cref="DatasetRule"/>; holds no training text.</summary>
/// <param name="Code">The rule's.</param>
/// <param name="Line">1-based; null when it concerns the file as a whole or the settings.</param>
/// <param name="Column">1-based, in UTF-16 code units, as editors count.</param>
/// <param name="ByteOffset">From the start of the file.</param>
/// <param name="Field"><c>messages[2].role</c>, or the name of a setting.</param>
public sealed record Problem(
    string Code, Severity Severity, int? Line, int? Column, long? ByteOffset, string? Field, string Message, string Fix);
