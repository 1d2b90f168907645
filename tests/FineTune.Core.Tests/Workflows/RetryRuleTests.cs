using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>How long each rule really lasts, for its comment promises it.</summary>
public sealed class RetryRuleTests
{
    [Fact]
    public void DelayAfter_DoublesUpToItsCap_AndEndsWithTheLastAttempt()
    {
        var rule = new RetryRule(Attempts: 5, TimeSpan.FromSeconds(1), Backoff: 2, TimeSpan.FromSeconds(5));

        Assert.Equal([1, 2, 4, 5, null], Enumerable.Range(1, 5).Select(attempt => rule.DelayAfter(attempt)?.TotalSeconds));
    }

    [Fact]
    public void Rules_LastAsLongAsTheySay()
    {
        Assert.InRange(LengthOf(RetryRule.Storage), TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        Assert.InRange(LengthOf(RetryRule.Provider), TimeSpan.FromHours(23), TimeSpan.FromHours(26));
        Assert.InRange(LengthOf(RetryRule.Stubborn), TimeSpan.FromDays(30), TimeSpan.FromDays(32));
    }

    private static TimeSpan LengthOf(RetryRule rule)
    {
        TimeSpan total = default;
        for (int attempt = 1; rule.DelayAfter(attempt) is { } delay; attempt++)
        {
            total += delay;
        }

        return total;
    }
}
