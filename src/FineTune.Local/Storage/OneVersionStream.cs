namespace FineTune.Local.Storage;

/// <summary>Reads a file and asks at its end whether it was one and the same version all the time.</summary>
internal sealed class OneVersionStream(Stream file, long length, Action throwIfChanged) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>The version's, whatever the file has become meanwhile.</summary>
    public override long Length => length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer) => Checked(file.Read(buffer), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Checked(await file.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    // Who knows the length stops there and never reads the empty piece behind it, so the last byte counts as the end, too.
    private int Checked(int read, int asked)
    {
        if ((read == 0 && asked > 0) || file.Position >= length)
        {
            throwIfChanged();
        }

        return read;
    }
}
