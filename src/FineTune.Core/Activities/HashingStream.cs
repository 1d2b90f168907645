using System.Security.Cryptography;
using FineTune.Ports;

namespace FineTune.Activities;

/// <summary>Reads another stream and knows the SHA-256 of what went through. It can be rewound to the start, nowhere else.</summary>
internal sealed class HashingStream(Stream inner) : ReadOnlyStream(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private string? _final;

    /// <summary>Lower-case hex of all that was read since the start; also after it was disposed, as whoever reads it for us may do.</summary>
    public string Sha256 => _final ?? Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await Inner.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (Inner.Seek(offset, origin) is var position and not 0)
        {
            throw new NotSupportedException($"A hashed stream can only be rewound to the start, not moved to {position}.");
        }

        _hash.GetHashAndReset();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _final is null)
        {
            _final = Sha256;
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
