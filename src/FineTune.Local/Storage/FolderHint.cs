using System.Threading.Channels;
using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Cuts a wait short when the operating system tells of a dataset. It may stay silent: network shares and used-up limits do that.</summary>
internal sealed class FolderHint : IDisposable
{
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher _watcher;

    public FolderHint(string folder)
    {
        _watcher = new FileSystemWatcher(folder);
        _watcher.Created += (_, change) => Tell(change.Name);
        _watcher.Changed += (_, change) => Tell(change.Name);
        _watcher.Renamed += (_, change) => Tell(change.Name);
    }

    /// <exception cref="IOException">The operating system cannot watch this folder.</exception>
    public void Start() => _watcher.EnableRaisingEvents = true;

    public async Task WaitAsync(TimeSpan atMost, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await await Task.WhenAny(Task.Delay(atMost, timeProvider, over.Token), _told.Reader.WaitToReadAsync(over.Token).AsTask());
        _told.Reader.TryRead(out _);
        await over.CancelAsync();
    }

    public void Dispose() => _watcher.Dispose();

    private void Tell(string? name)
    {
        if (name is not null && DatasetNames.IsDataset(name))
        {
            _told.Writer.TryWrite(true);
        }
    }
}
