using Azure;
using Azure.Storage.Blobs;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>One version of a blob, read in pieces; each piece is asked for by the ETag, so what is read is that version or nothing.</summary>
internal sealed class BlobVersionStream(Stream content, BlobClient blob, DatasetVersion version) : ReadOnlyStream(content)
{
    public override long Length => version.Length;

    /// <summary>The service has another version, or none. Which of the two its answer does not tell for certain.</summary>
    public static bool IsAboutTheVersion(RequestFailedException failure) => failure.Status is 404 or 412;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Inner.Read(buffer);
        }
        catch (RequestFailedException failure) when (IsAboutTheVersion(failure))
        {
            throw new DatasetUnavailableException(version, overwritten: blob.Exists());
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken);
        }
        catch (RequestFailedException failure) when (IsAboutTheVersion(failure))
        {
            throw new DatasetUnavailableException(version, overwritten: await blob.ExistsAsync(cancellationToken));
        }
    }
}
