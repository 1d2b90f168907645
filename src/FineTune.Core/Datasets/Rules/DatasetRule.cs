using System.Globalization;
using System.Text.RegularExpressions;

namespace FineTune.Datasets.Rules;

/// <summary>One thing that can be wrong with a dataset, as data: <see cref="DatasetRules"/> lists them all.</summary>
/// <param name="Code">Stable for good: reports, scripts and suppressions name it.</param>
/// <param name="Sentence">What was found and what was expected, with places for the particulars.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Source">Who says so.</param>
public sealed partial record DatasetRule(string Code, Severity Severity, string Sentence, string Fix, string Source)
{
    /// <summary>The sentence with an ellipsis where the particulars go.</summary>
    public string Pattern => string.Format(CultureInfo.InvariantCulture, Place().Replace(Sentence, "{0}"), "…");

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
