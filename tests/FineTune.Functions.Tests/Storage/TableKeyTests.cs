using FineTune.Functions.Storage;

namespace FineTune.Functions.Tests.Storage;

public sealed class TableKeyTests
{
    [Theory]
    [InlineData("ft-0123456789abcdef", "ft-0123456789abcdef")]
    [InlineData("ft:gpt-4.1:acme:bot", "ft:gpt-4.1:acme:bot")]
    [InlineData("", "")]
    [InlineData("a/b", "a~002fb")]
    [InlineData("~", "~007e")]
    [InlineData("語", "~8a9e")]
    public void Of_StaysReadable_WhereItCan(string text, string key) => Assert.Equal(key, TableKey.Of(text));

    [Fact]
    public void Of_FitsATable_HoweverLongTheText()
    {
        string[] texts = [new('x', 400), new('x', 401), new('x', 402), new('/', 100_000), $"{new string('x', 401)}\ud800", $"{new string('x', 401)}\ud801"];

        string[] keys = [.. texts.Select(TableKey.Of)];

        Assert.All(keys, key => Assert.InRange(key.Length, 1, 400));
        Assert.Equal(texts.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Of_TellsTextsApart_WhenTheyDifferInOneCharacter()
    {
        IEnumerable<string> texts = Enumerable.Range(0, 0x10000).Select(c => $"a{(char)c}b");

        Assert.Equal(0x10000, texts.Select(TableKey.Of).ToHashSet(StringComparer.Ordinal).Count);
        Assert.All(texts.Select(TableKey.Of), key => Assert.DoesNotContain(key, c => c is '/' or '\\' or '#' or '?' or '%' or < ' ' or > '~'));
    }
}
