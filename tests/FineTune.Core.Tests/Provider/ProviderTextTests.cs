using FineTune.Provider;

namespace FineTune.Core.Tests.Provider;

/// <summary>The provider's words as they may be stored and shown.</summary>
public sealed class ProviderTextTests
{
    [Fact]
    public void Clean_TakesTheConfiguredKeyOut_WhateverItLooksLike()
    {
        ProviderText.Hide("plain words of a key");

        Assert.Equal("Invalid key: [key]!", ProviderText.Clean("Invalid key: plain words of a key!"));
        Assert.DoesNotContain("plain", ProviderText.Clean(new string('x', 505) + "plain words of a key"), StringComparison.Ordinal); // not even cut short
    }

    [Fact]
    public void Clean_LeavesOrdinaryWordsAlone_WhenTheKeyIsOne()
    {
        ProviderText.Hide("key");

        Assert.Equal("No key was sent.", ProviderText.Clean("No key was sent."));
    }

    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-abc***********xyz.", "Incorrect API key provided: [key].")]
    [InlineData("Key sk-abcdefgh1234 and sess-abcdefgh1234 and emu-abcdef", "Key [key] and [key] and [key]")]
    [InlineData("risk-assessment of a task-oriented dataset", "risk-assessment of a task-oriented dataset")]
    [InlineData("line one\r\nline\ttwo\u001b[31m red\0", "line one  line two [31m red ")]
    [InlineData("", "")]
    public void Clean_LeavesNoKeyAndNoControlCharacter(string text, string expected)
        => Assert.Equal(expected, ProviderText.Clean(text));

    [Fact]
    public void Clean_CutsWhatIsLong()
        => Assert.Equal(new string('x', 512), ProviderText.Clean(new string('x', 100_000)));

    [Fact]
    public void Clean_LeavesNoPartOfAKey_WhenTheCutGoesThroughIt()
        => Assert.DoesNotContain("abcdef", ProviderText.Clean(new string(' ', 500) + "sk-abcdef123456"), StringComparison.Ordinal);
}
