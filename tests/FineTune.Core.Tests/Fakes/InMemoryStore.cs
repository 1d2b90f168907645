using System.Runtime.CompilerServices;
using System.Text;
using FineTune.Ports;

namespace FineTune.Core.Tests.Fakes;

/// <summary>The dataset store's contract in memory: every write is a new version, and only the newest can be read.</summary>
internal sealed class InMemoryStore : IDatasetStore
{
    private readonly Dictionary<string, (DatasetVersion Version, byte[] Bytes)> _datasets = [];
    private readonly Dictionary<string, byte[]> _beside = [];
    private int _version;

    /// <summary>What is written in the middle of the next read, as somebody who overwrites a dataset while it is uploaded does.</summary>
    public (string Name, string Text)? OverwriteDuringRead { get; set; }

    /// <summary>Of every dataset.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    public DatasetVersion Drop(string name, string text, DateTimeOffset? at = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        DatasetVersion version = new(name, $"v{++_version}", bytes.Length) { LastModified = at };
        _datasets[name] = (version, bytes);
        return version;
    }

    /// <summary>Other bytes under the same version, as no store should ever serve.</summary>
    public void Corrupt(DatasetVersion version, string text) => _datasets[version.Name] = (version, Encoding.UTF8.GetBytes(text));

    public void Remove(string name) => _datasets.Remove(name);

    public void PutBeside(string dataset, string suffix, string text)
        => _beside[DatasetNames.BesideNameOf(dataset, suffix)] = Encoding.UTF8.GetBytes(text);

    public string? TextBeside(string dataset, string suffix)
        => _beside.TryGetValue(DatasetNames.BesideNameOf(dataset, suffix), out byte[]? bytes) ? Encoding.UTF8.GetString(bytes) : null;

    public Task<DatasetVersion?> FindAsync(string name, CancellationToken cancellationToken)
        => Task.FromResult(_datasets.TryGetValue(name, out var found) ? found.Version : null);

    public async IAsyncEnumerable<DatasetVersion> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (version, _) in _datasets.Values.Where(one => DatasetNames.IsDataset(one.Version.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return version;
        }
    }

    public Task<Stream> OpenReadAsync(DatasetVersion version, CancellationToken cancellationToken)
    {
        byte[] bytes = Read(version);
        return Task.FromResult<Stream>(OverwriteDuringRead is { } other ? new BreakingStream(bytes, () => Overwrite(other, version)) : new MemoryStream(bytes));
    }

    public Task<string> WriteBesideAsync(
        string datasetName, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string place = DatasetNames.BesideNameOf(datasetName, suffix);
        _beside[place] = content.ToArray();
        return Task.FromResult($"memory:{place}");
    }

    public Task<Stream?> OpenBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
        => Task.FromResult<Stream?>(
            _beside.TryGetValue(DatasetNames.BesideNameOf(datasetName, suffix), out byte[]? bytes) ? new MemoryStream(bytes) : null);

    public Task DeleteBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
    {
        _beside.Remove(DatasetNames.BesideNameOf(datasetName, suffix));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> ReadMetadataAsync(string datasetName, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<string, string>>(Metadata);

    private byte[] Read(DatasetVersion version)
        => !_datasets.TryGetValue(version.Name, out var found) ? throw new DatasetUnavailableException(version, overwritten: false)
            : found.Version.ETag != version.ETag ? throw new DatasetUnavailableException(version, overwritten: true)
            : found.Bytes;

    private DatasetUnavailableException Overwrite((string Name, string Text) other, DatasetVersion read)
    {
        OverwriteDuringRead = null;
        Drop(other.Name, other.Text);
        return new DatasetUnavailableException(read, overwritten: true);
    }

    /// <summary>Gives the first half, then fails.</summary>
    private sealed class BreakingStream(byte[] bytes, Func<Exception> failure) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
            => Position > 0 ? throw failure() : base.Read(buffer, offset, Math.Min(count, (int)Length / 2));
    }
}
