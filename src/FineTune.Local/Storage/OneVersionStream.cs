using FineTune.Ports;

namespace FineTune.Local.Storage;

/// <summary>Reads a file and asks at its end whether it was one and the same version all the time.</summary>
internal sealed class OneVersionStream(Stream file, long length, Action throwIfChanged) : ReadOnlyStream(file)
{
    /// <summary>The version's, whatever the file has become meanwhile.</summary>
    public override long Length => length;

    public override int Read(Span<byte> buffer) => Checked(Inner.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Checked(await Inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    // Who knows the length stops there and never reads the empty piece behind it, so the last byte counts as the end, too.
    private int Checked(int read, int asked)
    {
        if ((read == 0 && asked > 0) || Inner.Position >= length)
        {
            throwIfChanged();
        }

        return read;
    }
}
