using FineTune.Local.Storage;
using FineTune.Ports;

namespace FineTune.Local.Tests.Storage;

public sealed class FolderDatasetStoreContractTests : DatasetStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }

    protected override ValueTask<IDatasetStore> OpenAsync() => ValueTask.FromResult<IDatasetStore>(new FolderDatasetStore(_folder.Root));

    // Every drop has a time of writing of its own, however coarse the file system's clock.
    protected override async Task DropAsync(string name, string content)
    {
        await File.WriteAllTextAsync(_folder[name], content, Token);
        File.SetLastWriteTimeUtc(_folder[name], _written += TimeSpan.FromSeconds(1));
    }

    protected override Task DeleteAsync(string name)
    {
        File.Delete(_folder[name]);
        return Task.CompletedTask;
    }
}
