namespace FineTune.Emulator.Faults;

/// <summary>A request body that ends in a reset connection: after so many bytes, or where it would have ended.</summary>
internal sealed class ResettingStream(Stream body, long afterBytes, Action reset) : Stream
{
    private long _left = afterBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int wanted = (int)Math.Min(buffer.Length, _left);
        int read = wanted == 0 ? 0 : await body.ReadAsync(buffer[..wanted], cancellationToken);
        if (read == 0)
        {
            reset();
            throw new ConnectionResetByFaultException();
        }

        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Unwinds an endpoint whose connection was reset by a scripted fault.</summary>
internal sealed class ConnectionResetByFaultException() : IOException("The connection was reset by a scripted fault.");
