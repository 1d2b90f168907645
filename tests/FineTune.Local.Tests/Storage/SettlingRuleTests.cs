using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class SettlingRuleTests
{
    private static readonly DatasetVersion First = new("a.jsonl", "1", 1);
    private static readonly DatasetVersion Second = new("a.jsonl", "2", 2);

    private readonly ManualClock _clock = new();
    private readonly SettlingRule _rule;

    public SettlingRuleTests() => _rule = new SettlingRule(TimeSpan.FromSeconds(2), _clock);

    [Fact]
    public void Look_CountsTheVersionOnce_WhenTwoLooksFarEnoughApartFoundIt()
    {
        Assert.Empty(LookAfter(0, First));
        Assert.Empty(LookAfter(1.9, First));
        Assert.True(_rule.IsWaiting);
        Assert.Equal([First], LookAfter(0.1, First));
        Assert.Empty(LookAfter(100, First));
        Assert.False(_rule.IsWaiting);
    }

    [Fact]
    public void Look_StartsAnew_WhenTheFileChangedBetweenTwoLooks()
    {
        LookAfter(0, First);
        Assert.Empty(LookAfter(2, Second));
        Assert.Empty(LookAfter(1, Second));
        Assert.Equal([Second], LookAfter(1, Second));
    }

    [Fact]
    public void Look_CountsTheVersionAgain_WhenItWasAwayMeanwhile()
    {
        LookAfter(0, First);
        LookAfter(2, First);
        Assert.Empty(LookAfter(1));
        Assert.Empty(LookAfter(1, First));
        Assert.Equal([First], LookAfter(2, First));
    }

    private List<DatasetVersion> LookAfter(double seconds, params DatasetVersion[] found)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _rule.Look(found);
    }
}
