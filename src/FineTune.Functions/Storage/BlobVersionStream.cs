using Azure;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>One version of a blob, read in pieces; each piece is asked for by the ETag, so what is read is that version or nothing.</summary>
internal sealed class BlobVersionStream(Stream blob, DatasetVersion version) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => blob.CanSeek;

    public override bool CanWrite => false;

    public override long Length => version.Length;

    public override long Position
    {
        get => blob.Position;
        set => blob.Position = value;
    }

    /// <summary>Null when the failure is of another kind.</summary>
    public static DatasetUnavailableException? Explain(RequestFailedException failure, DatasetVersion version)
        => failure.Status switch
        {
            404 => new DatasetUnavailableException(version, overwritten: false),
            412 => new DatasetUnavailableException(version, overwritten: true),
            _ => null,
        };

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return blob.Read(buffer, offset, count);
        }
        catch (RequestFailedException failure) when (Explain(failure, version) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await blob.ReadAsync(buffer, cancellationToken);
        }
        catch (RequestFailedException failure) when (Explain(failure, version) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => blob.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await blob.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            blob.Dispose();
        }

        base.Dispose(disposing);
    }
}
