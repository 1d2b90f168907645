using Azure;
using Azure.Storage.Blobs;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>One version of a blob, read in pieces; each piece is asked for by the ETag, so what is read is that version or nothing.</summary>
internal sealed class BlobVersionStream(Stream content, BlobClient blob, DatasetVersion version) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => content.CanSeek;

    public override bool CanWrite => false;

    public override long Length => version.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    /// <summary>The service has another version, or none. Which of the two its answer does not tell for certain.</summary>
    public static bool IsAboutTheVersion(RequestFailedException failure) => failure.Status is 404 or 412;

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return content.Read(buffer, offset, count);
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
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (RequestFailedException failure) when (IsAboutTheVersion(failure))
        {
            throw new DatasetUnavailableException(version, overwritten: await blob.ExistsAsync(cancellationToken));
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
