using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class FolderImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderDatasetStore _store;
    private readonly string _source;

    public FolderImportTests()
    {
        _store = new FolderDatasetStore(_folder["datasets"]);
        _source = _folder["support.jsonl"];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((64 * 1024) - 1)]
    [InlineData(64 * 1024)]
    [InlineData((128 * 1024) + 1)]
    public async Task ImportAsync_CopiesOnce_WhenTheSameBytesComeAgain(int length)
    {
        await File.WriteAllBytesAsync(_source, BytesOf(length), Token);

        DatasetVersion first = await _store.ImportAsync(_source, Token);
        File.SetLastWriteTimeUtc(_source, DateTime.UnixEpoch);
        DatasetVersion again = await _store.ImportAsync(_source, Token);

        Assert.Equal(("support.jsonl", length), (first.Name, first.Length));
        Assert.Equal(first, again);
        Assert.Equal(BytesOf(length), await File.ReadAllBytesAsync(InFolder, Token));
        Assert.Equal([InFolder], Directory.GetFiles(_store.Root));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64 * 1024)]
    [InlineData(100_000)]
    public async Task ImportAsync_MakesAnotherVersion_WhenTheLastByteDiffers(int length)
    {
        byte[] bytes = BytesOf(length);
        await File.WriteAllBytesAsync(_source, bytes, Token);
        await _store.ImportAsync(_source, Token);
        File.SetLastWriteTimeUtc(InFolder, DateTime.UnixEpoch);
        DatasetVersion first = (await _store.FindAsync("support.jsonl", Token))!;

        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_source, bytes, Token);
        DatasetVersion second = await _store.ImportAsync(_source, Token);

        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(InFolder, Token));
    }

    [Fact]
    public async Task ImportAsync_LeavesTheFile_WhenItLiesInTheFolderAlready()
    {
        await File.WriteAllTextAsync(InFolder, "{}", Token);
        DatasetVersion? before = await _store.FindAsync("support.jsonl", Token);

        Assert.Equal(before, await _store.ImportAsync(InFolder, Token));
    }

    [Fact]
    public async Task ImportAsync_NamesWhatIsWrong_WhenTheFileIsNoJsonl()
    {
        await File.WriteAllTextAsync(_folder["support.json"], "[]", Token);

        var refusal = await Assert.ThrowsAsync<DatasetNameException>(() => _store.ImportAsync(_folder["support.json"], Token));

        Assert.Equal(
            "Dataset name 'support.json' cannot be used: only *.jsonl files are datasets. Use a plain file name such as 'support.jsonl'.",
            refusal.Message);
    }

    [Fact]
    public async Task ImportAsync_LeavesNothingBehind_WhenItIsCutShort()
    {
        await File.WriteAllTextAsync(_source, "{}", Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.ImportAsync(_source, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(_store.Root));
    }

    private string InFolder => Path.Combine(_store.Root, "support.jsonl");

    private static byte[] BytesOf(int length)
    {
        byte[] bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
