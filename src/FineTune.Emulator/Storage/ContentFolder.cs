using System.Security.Cryptography;

namespace FineTune.Emulator.Storage;

/// <summary>The bytes of files and upload parts, one file each, named by id. Written aside first, so a name is never half a file.</summary>
internal sealed class ContentFolder
{
    private readonly string _folder;

    public ContentFolder(string stateFolder)
    {
        _folder = Path.Combine(stateFolder, "files");
        Directory.CreateDirectory(_folder);
        foreach (string leftover in Directory.EnumerateFiles(_folder, "*.tmp"))
        {
            File.Delete(leftover);
        }
    }

    /// <summary>Streams the source to a temporary file, hashing on the way.</summary>
    /// <exception cref="FileTooLargeException">More than <paramref name="limit"/> bytes arrived.</exception>
    public async Task<ReceivedContent> ReceiveAsync(Stream source, long limit, CancellationToken cancellationToken)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            return await CopyAsync(source, path, limit, cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public void Keep(ReceivedContent content, string id) => File.Move(content.TemporaryPath, PathOf(id));

    public FileStream OpenRead(string id)
        => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);

    public void Delete(string id) => File.Delete(PathOf(id));

    private static async Task<ReceivedContent> CopyAsync(Stream source, string path, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes += read;
            if (bytes > limit)
            {
                throw new FileTooLargeException(limit);
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new ReceivedContent(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private string PathOf(string id) => Path.Combine(_folder, id);
}

/// <summary>Bytes that arrived whole and wait for a name; disposing deletes them unless they got one.</summary>
internal sealed record ReceivedContent(string TemporaryPath, long Bytes, string Sha256) : IDisposable
{
    public void Dispose() => File.Delete(TemporaryPath);
}

/// <summary>A client sent more than the limit.</summary>
internal sealed class FileTooLargeException(long limit) : Exception($"The file is larger than {limit} bytes.");
