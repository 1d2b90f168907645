using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Datasets as plain files in one folder, where a person may add, replace and delete them at any time.</summary>
/// <remarks>
/// A version is told by size and time of last write: cheap enough to ask for every file at every look. Its limit is the file system's
/// clock, a few milliseconds on most; the inspection pins the bytes themselves by their SHA-256. Sub-folders and symbolic links are left alone.
/// </remarks>
public sealed class FolderDatasetStore : IDatasetStore
{
    private const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;

    /// <param name="root">Created when it is not there.</param>
    public FolderDatasetStore(string root) => Root = Directory.CreateDirectory(root).FullName;

    /// <summary>The full path of the folder.</summary>
    public string Root { get; }

    /// <exception cref="DatasetNameException">It cannot be the name of a dataset.</exception>
    public Task<DatasetVersion?> FindAsync(string name, CancellationToken cancellationToken)
    {
        DatasetFileName.Check(name);
        return Task.FromResult(Find(name));
    }

    /// <summary>Every dataset as it is now, by name, half-copied ones among them: see <see cref="FolderWatch"/>. Validation files are not listed.</summary>
    public async IAsyncEnumerable<DatasetVersion> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask; // the file system answers at once; the port is asynchronous for the cloud's sake
        foreach (string name in Directory.EnumerateFiles(Root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (DatasetNames.IsDataset(name) && DatasetFileName.IsAcceptable(name) && Find(name) is { } version)
            {
                yield return version;
            }
        }
    }

    public Task<Stream> OpenReadAsync(DatasetVersion version, CancellationToken cancellationToken)
    {
        DatasetFileName.Check(version.Name);
        ThrowIfChanged(version);
        FileStream file = TryOpen(PathOf(version.Name)) ?? throw new DatasetUnavailableException(version, overwritten: false);
        return Task.FromResult<Stream>(new OneVersionStream(file, version.Length, () => ThrowIfChanged(version)));
    }

    public async Task<string> WriteBesideAsync(
        string datasetName, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string path = PathBeside(datasetName, suffix);
        await AtomicFile.WriteAsync(path, file => file.WriteAsync(content, cancellationToken).AsTask());
        return path;
    }

    public Task<Stream?> OpenBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
        => Task.FromResult<Stream?>(TryOpen(PathBeside(datasetName, suffix)));

    public Task DeleteBesideAsync(string datasetName, string suffix, CancellationToken cancellationToken)
    {
        File.Delete(PathBeside(datasetName, suffix));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> ReadMetadataAsync(string datasetName, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<string, string>>(ReadOnlyDictionary<string, string>.Empty);

    /// <summary>Where a file beside the dataset is, or would be.</summary>
    public string PathBeside(string datasetName, string suffix)
    {
        DatasetFileName.Check(datasetName);
        return PathOf(DatasetNames.BesideNameOf(datasetName, suffix));
    }

    /// <summary>Copies a file into the folder under its own name. The same bytes again leave what is there, and so its version, untouched.</summary>
    /// <exception cref="DatasetNameException">Its name cannot be the name of a dataset.</exception>
    public async Task<DatasetVersion> ImportAsync(string path, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        DatasetFileName.Check(name);
        await using FileStream source = OpenRead(path);
        if (Find(name) is { } present && await HasContentAsync(present, source, cancellationToken))
        {
            return present;
        }

        source.Position = 0;
        await AtomicFile.WriteAsync(PathOf(name), file => source.CopyToAsync(file, cancellationToken));
        return Find(name) ?? throw new FileNotFoundException($"'{name}' was copied into the folder and deleted at once. Copy it again.", PathOf(name));
    }

    private async Task<bool> HasContentAsync(DatasetVersion present, FileStream source, CancellationToken cancellationToken)
    {
        if (present.Length != source.Length)
        {
            return false;
        }

        await using FileStream? file = TryOpen(PathOf(present.Name));
        return file is not null && await SameBytes.AreInAsync(file, source, cancellationToken);
    }

    private void ThrowIfChanged(DatasetVersion version)
    {
        DatasetVersion? now = Find(version.Name);
        if (now?.ETag != version.ETag)
        {
            throw new DatasetUnavailableException(version, overwritten: now is not null);
        }
    }

    private DatasetVersion? Find(string name)
    {
        FileInfo file = new(PathOf(name));
        return IsPlainFile(file)
            ? new DatasetVersion(name, $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}", file.Length) { LastModified = file.LastWriteTimeUtc }
            : null;
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return IsPlainFile(new FileInfo(path)) ? OpenRead(path) : null;
        }
        catch (FileNotFoundException)
        {
            return null; // deleted between the look and the opening
        }
    }

    private static bool IsPlainFile(FileInfo file) => file.Exists && file.LinkTarget is null;

    // Readers bring large buffers of their own, and nobody is kept from replacing the file meanwhile.
    private static FileStream OpenRead(string path)
        => new(path, FileMode.Open, FileAccess.Read, Anything, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private string PathOf(string name) => Path.Combine(Root, name);
}
