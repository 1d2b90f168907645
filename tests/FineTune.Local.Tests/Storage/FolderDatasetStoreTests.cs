using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class FolderDatasetStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderDatasetStore _store;
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public FolderDatasetStoreTests() => _store = new FolderDatasetStore(_folder["datasets"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ListAsync_NamesDatasetsOnly_WhenOtherFilesLieBesideThem()
    {
        foreach (string name in new[]
        {
            "b.jsonl", "a.jsonl", "a.validation.jsonl", "a.finetune.json", "a.report.json", "notes.txt", "half.jsonl.tmp", "._a.jsonl",
        })
        {
            Drop(name, "{}");
        }

        Directory.CreateDirectory(InFolder("folder.jsonl"));
        await _store.WriteBesideAsync("a.jsonl", ".report.json", "{}"u8.ToArray(), Token);

        string[] names = await _store.ListAsync(Token).Select(version => version.Name).ToArrayAsync(Token);

        Assert.Equal(["a.jsonl", "b.jsonl"], names);
    }

    [Fact]
    public async Task ListAsync_SkipsTheFile_WhenItsNameIsNotAcceptable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no such names.");
        Drop("evil\u202elnosj.jsonl", "{}");
        Drop("two\nlines.jsonl", "{}");
        Drop("back\\slash.jsonl", "{}");

        Assert.Empty(await _store.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task EveryCall_LeavesSymbolicLinksAlone()
    {
        string secret = _folder["secret.jsonl"];
        await File.WriteAllTextAsync(secret, "{}", Token);
        File.CreateSymbolicLink(InFolder("link.jsonl"), secret);
        File.CreateSymbolicLink(InFolder("link.jsonl.report.json"), secret);

        Assert.Null(await _store.FindAsync("link.jsonl", Token));
        Assert.Null(await _store.OpenBesideAsync("link.jsonl", ".report.json", Token));
        Assert.Empty(await _store.ListAsync(Token).ToListAsync(Token));
        await Assert.ThrowsAsync<DatasetUnavailableException>(() => _store.OpenReadAsync(new DatasetVersion("link.jsonl", "2-0", 2), Token));
    }

    [Fact]
    public async Task FindAsync_TellsAnotherVersion_WhenOnlyTheTimeOfWritingDiffers()
    {
        DatasetVersion first = await DropAndFindAsync("one");
        DatasetVersion again = await FindAsync();
        DatasetVersion second = await DropAndFindAsync("two");

        Assert.Equal(first, again);
        Assert.NotEqual(first.ETag, second.ETag);
    }

    [Theory]
    [InlineData("overwritten in place", true)]
    [InlineData("appended to", true)]
    [InlineData("replaced by another file", true)]
    [InlineData("deleted", false)]
    public async Task Stream_BreaksAtItsEnd_WhenTheDatasetWasMeanwhile(string change, bool overwritten)
    {
        DatasetVersion version = await DropAndFindAsync("0123456789");
        await using Stream stream = await _store.OpenReadAsync(version, Token);
        await stream.ReadExactlyAsync(new byte[4], Token);

        Change(change);

        // Exactly the known length is read: the end counts even for callers that never ask for more.
        var refusal = await Assert.ThrowsAsync<DatasetUnavailableException>(() => stream.ReadExactlyAsync(new byte[6], Token).AsTask());
        Assert.Equal(overwritten, refusal.Overwritten);
    }

    [Fact]
    public async Task WriteBesideAsync_ReplacesTheOlderFileAtOnce_WhenSomebodyIsReadingIt()
    {
        string path = await _store.WriteBesideAsync("a.jsonl", ".report.json", "old"u8.ToArray(), Token);
        await using Stream old = (await _store.OpenBesideAsync("a.jsonl", ".report.json", Token))!;

        await _store.WriteBesideAsync("a.jsonl", ".report.json", "newer"u8.ToArray(), Token);

        await using Stream now = (await _store.OpenBesideAsync("a.jsonl", ".report.json", Token))!;
        Assert.Equal("old", await new StreamReader(old).ReadToEndAsync(Token));
        Assert.Equal("newer", await new StreamReader(now).ReadToEndAsync(Token));
        Assert.Equal(InFolder("a.report.json"), path);
        Assert.Equal([path], Directory.GetFiles(_store.Root));
    }

    [Fact]
    public async Task WriteBesideAsync_LeavesTheOlderFile_WhenWritingIsCutShort()
    {
        string path = await _store.WriteBesideAsync("a.jsonl", ".report.json", "old"u8.ToArray(), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.WriteBesideAsync("a.jsonl", ".report.json", "newer"u8.ToArray(), new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path, Token));
        Assert.Equal([path], Directory.GetFiles(_store.Root));
    }

    private void Change(string change)
    {
        switch (change)
        {
            case "overwritten in place":
                Drop("a.jsonl", "abcdefghij");
                break;
            case "appended to":
                File.AppendAllText(InFolder("a.jsonl"), "more");
                break;
            case "replaced by another file":
                Drop("b.jsonl", "abcdefghij");
                File.Move(InFolder("b.jsonl"), InFolder("a.jsonl"), overwrite: true);
                break;
            default:
                File.Delete(InFolder("a.jsonl"));
                break;
        }
    }

    private async Task<DatasetVersion> DropAndFindAsync(string content)
    {
        Drop("a.jsonl", content);
        return await FindAsync();
    }

    private async Task<DatasetVersion> FindAsync() => (await _store.FindAsync("a.jsonl", Token))!;

    // Every drop has a time of writing of its own, however coarse the file system's clock.
    private void Drop(string name, string content)
    {
        File.WriteAllText(InFolder(name), content);
        File.SetLastWriteTimeUtc(InFolder(name), _written += TimeSpan.FromSeconds(1));
    }

    private string InFolder(string name) => Path.Combine(_store.Root, name);
}
