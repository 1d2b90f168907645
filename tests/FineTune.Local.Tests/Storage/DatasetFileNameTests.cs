using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class DatasetFileNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> NamesFromHell => new()
    {
        { "", "only *.jsonl" },
        { ".jsonl", "starts with a dot" },
        { "..", "starts with a dot" },
        { ".hidden.jsonl", "starts with a dot" },
        { "._support.jsonl", "starts with a dot" },
        { "../support.jsonl", "contains '/'" },
        { "/etc/support.jsonl", "contains '/'" },
        { "a/../../support.jsonl", "contains '/'" },
        { "..\\support.jsonl", "contains '\\'" },
        { "C:support.jsonl", "contains ':'" },
        { "support.jsonl:stream.jsonl", "contains ':'" },
        { "support\0.jsonl", "U+0000" },
        { "support.jsonl\n", "U+000A" },
        { "sup\r\nport.jsonl", "U+000D" },
        { "\u001b[31msupport.jsonl", "U+001B" },
        { "support\u0085.jsonl", "U+0085" },
        { "support\u202elnosj.jsonl", "U+202E" },
        { "support\u2066.jsonl", "U+2066" },
        { "support\u200b.jsonl", "U+200B" },
        { "\ufeffsupport.jsonl", "U+FEFF" },
        { "support\u2028.jsonl", "U+2028" },
        { "support\ud800.jsonl", "U+FFFD" },
        { "passwd", "only *.jsonl" },
        { "support.json", "only *.jsonl" },
        { "support.jsonl.report.json", "only *.jsonl" },
        { "support.jsonl ", "only *.jsonl" },
        { "%2e%2e%2fsupport", "only *.jsonl" },
        { new string('a', 195) + ".jsonl", "201 bytes" },
        { string.Concat(Enumerable.Repeat("語", 65)) + ".jsonl", "201 bytes" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(NamesFromHell))]
    public async Task EveryCall_RefusesTheNameAndSaysWhy_WhenItIsNoPlainFileName(string name, string why)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        FolderDatasetStore store = new(_folder.Root);

        var refusal = await Assert.ThrowsAsync<DatasetNameException>(() => store.FindAsync(name, token));
        await Assert.ThrowsAsync<DatasetNameException>(() => store.OpenReadAsync(new DatasetVersion(name, "0-0", 0), token));
        await Assert.ThrowsAsync<DatasetNameException>(() => store.WriteBesideAsync(name, ".report.json", default, token));
        await Assert.ThrowsAsync<DatasetNameException>(() => store.OpenBesideAsync(name, ".report.json", token));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("such as 'support.jsonl'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, c => c is not '…' and (< ' ' or > '~'));
    }

    [Theory]
    [InlineData("support.jsonl")]
    [InlineData("Support.JSONL")]
    [InlineData("support.validation.jsonl")]
    [InlineData("my data (final) v2, really.jsonl")]
    [InlineData("datos-ñandú-語-🙂.jsonl")]
    [InlineData("می‌خواهم.jsonl")]
    [InlineData("👩‍💻.jsonl")]
    [InlineData("%2e%2e.jsonl")]
    [InlineData("<script>alert(1)<script>.jsonl")]
    [InlineData("'; DROP TABLE runs; --.jsonl")]
    [InlineData("$(rm -rf ~).jsonl")]
    public async Task FindAsync_Finds_WhenNameIsOddButHarmless(string name)
    {
        await File.WriteAllTextAsync(_folder[name], "{}", TestContext.Current.CancellationToken);

        DatasetVersion? found = await new FolderDatasetStore(_folder.Root).FindAsync(name, TestContext.Current.CancellationToken);

        Assert.Equal((name, 2L), (found?.Name, found?.Length));
    }
}
