using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed partial class DatasetRulesTests
{
    [Fact]
    public void All_HoldsEveryRuleThereIs()
    {
        var written = typeof(DatasetRules).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(DatasetRule))
            .Select(field => (DatasetRule)field.GetValue(null)!);

        Assert.Equal(written.Select(rule => rule.Code).Order(), DatasetRules.All.Select(rule => rule.Code).Order());
    }

    [Fact]
    public void All_HaveUniqueCodesInKebabCase()
    {
        Assert.All(DatasetRules.All, rule => Assert.Matches(KebabCase(), rule.Code));
        Assert.Equal(DatasetRules.All.Count, DatasetRules.All.Select(rule => rule.Code).Distinct().Count());
    }

    [Fact]
    public void All_AreWholeSentencesWithAFixAndASource()
        => Assert.All(DatasetRules.All, rule =>
        {
            string sentence = string.Format(CultureInfo.InvariantCulture, rule.Sentence, "a", "b", "c", "d", "");
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.Matches(@"[.)}]$", rule.Fix);
            Assert.NotEmpty(rule.Source);
            Assert.DoesNotContain('\n', sentence + rule.Fix + rule.Source); // each is one cell of a table
        });

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
