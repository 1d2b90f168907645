using FineTune.Local.Engine;

namespace FineTune.Local.Tests.Engine;

public sealed class CrashPointTests
{
    [Fact]
    public void IsHit_IsTrueOnce_AtTheGivenTime()
    {
        var point = CrashPoint.Parse("CreateJob:done:2")!;

        bool[] hits = [.. Enumerable.Range(0, 4).Select(_ => point.IsHit("CreateJob", "done"))];

        Assert.Equal([false, true, false, false], hits);
    }

    [Fact]
    public void IsHit_IsFalse_WhenNameOrPhaseIsAnother()
    {
        var point = CrashPoint.Parse("CreateJob:done")!;

        Assert.False(point.IsHit("CreateJob", "before"));
        Assert.False(point.IsHit("UploadFiles", "done"));
        Assert.True(point.IsHit("CreateJob", "done"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_ArmsNothing_WhenSettingIsEmpty(string? setting) => Assert.Null(CrashPoint.Parse(setting));

    [Theory]
    [InlineData("CreateJob")]
    [InlineData("CreateJob:done:0")]
    [InlineData("CreateJob:done:x")]
    [InlineData("a:b:1:c")]
    public void Parse_ShowsWhatIsExpected_WhenSettingIsMalformed(string setting)
    {
        var failure = Assert.Throws<FormatException>(() => CrashPoint.Parse(setting));

        Assert.Contains("<name>:<phase>", failure.Message, StringComparison.Ordinal);
    }
}
