using FineTune.Datasets.Rules;

namespace FineTune.Local.Cli;

/// <summary>A rule as <c>finetune rules --json</c> lists it.</summary>
/// <param name="What">What is found, with an ellipsis where the particulars go.</param>
internal sealed record ListedRule(string Code, Severity Severity, string What, string Fix, string Source)
{
    public static ListedRule Of(DatasetRule rule) => new(rule.Code, rule.Severity, rule.Pattern, rule.Fix, rule.Source);
}
