using FineTune.Datasets.Rules;

namespace FineTune.Core.Tests.Datasets;

public sealed class RulesPageTests
{
    [Fact]
    public async Task Page_IsWhatTheCodeSays()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "rules.md"), TestContext.Current.CancellationToken);

        Assert.True(RulesMarkdown.Text() == page, "docs/rules.md is not current: write it again with `./finetune rules --markdown > docs/rules.md`.");
    }

    [Fact]
    public void Text_NamesEveryRuleOnce()
        => Assert.All(DatasetRules.All, rule => Assert.Equal(2, RulesMarkdown.Text().Split($"| `{rule.Code}` |").Length));
}
