using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>The header as it is really sent.</summary>
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0.5", 0.5)]
    [InlineData(" 20 ", 20.0)]
    [InlineData("1200", 1200.0)]
    [InlineData("410400", 1800.0)]
    [InlineData("1e300", 1800.0)]
    [InlineData("Infinity", 1800.0)]
    [InlineData("Sat, 21 Nov 2026 09:00:30 GMT", 30.0)]
    [InlineData("Sat, 21 Nov 2026 23:00:00 GMT", 1800.0)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("-Infinity", null)]
    [InlineData("NaN", null)]
    [InlineData("Sat, 21 Nov 2026 08:59:59 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Parse_ReadsSecondsAndDates_AndNeverWaitsOverHalfAnHour(string text, double? seconds)
        => Assert.Equal(seconds, RetryAfter.Parse(text, Now)?.TotalSeconds);

    [Fact]
    public void Parse_IgnoresADate_WhenTheProviderDoesNotSayWhatTimeItIs()
        => Assert.Null(RetryAfter.Parse("Sat, 21 Nov 2026 09:00:30 GMT", DateTimeOffset.MinValue));
}
