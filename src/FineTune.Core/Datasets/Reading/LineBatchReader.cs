using System.Security.Cryptography;

namespace FineTune.Datasets.Reading;

/// <summary>
/// Cuts a stream into batches of whole lines, hashing every byte on the way. Where the batches are cut depends on the content
/// alone, not on how the stream hands it out.
/// </summary>
internal sealed class LineBatchReader(Stream stream, int maxLineBytes, int mostSkipped) : IDisposable
{
    /// <summary>Bytes after which a batch is full, once it has a whole line.</summary>
    public const int BatchBytes = 256 * 1024;

    private const int HeadBytes = 8;

    // How much is read at a time behind a full batch that has no line end yet.
    private const int StepBytes = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[HeadBytes];
    private ReadOnlyMemory<byte> _rest;
    private int _lines;
    private bool _skipping;
    private bool _atEnd;

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether a line went on for so long that nobody will read to its end.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Lower-case hexadecimal, of every byte read so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The file's first bytes, enough to recognise its kind; they are not taken.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadHeadAsync(CancellationToken cancellationToken)
    {
        int read = await FillAsync(_head, cancellationToken);
        return _rest = _head.AsMemory(0, read);
    }

    /// <summary>Drops bytes of the head that belong to no line: a byte order mark.</summary>
    public void Drop(int count) => _rest = _rest[count..];

    /// <summary>Fills a batch with the next lines; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(LineBatch batch, CancellationToken cancellationToken)
    {
        if (_skipping)
        {
            await SkipLineAsync(batch, cancellationToken);
        }

        if (GaveUp || (_atEnd && _rest.IsEmpty))
        {
            return false;
        }

        batch.Start(_rest, BytesRead - _rest.Length, _lines + 1, BatchBytes);
        while (!_atEnd && !IsFull(batch) && batch.Rest.Length <= maxLineBytes)
        {
            var room = batch.Room();
            int wanted = Math.Max(BatchBytes - batch.Length, StepBytes);
            batch.Append(await FillAsync(room[..Math.Min(room.Length, wanted)], cancellationToken));
        }

        _skipping = !_atEnd && !IsFull(batch);
        batch.Finish(_atEnd, _skipping);
        _lines += batch.Lines;
        _rest = _skipping ? default : batch.Rest;
        return batch.Lines > 0;
    }

    public void Dispose() => _hash.Dispose();

    private static bool IsFull(LineBatch batch) => batch.Length >= BatchBytes && batch.HasWholeLine;

    private async ValueTask SkipLineAsync(LineBatch batch, CancellationToken cancellationToken)
    {
        _rest = default;
        for (long skipped = 0; _skipping && !_atEnd && !GaveUp; GaveUp = skipped > mostSkipped)
        {
            batch.Start(default, 0, 0, BatchBytes);
            var room = batch.Room()[..BatchBytes];
            int read = await FillAsync(room, cancellationToken);
            int lineEnd = room.Span[..read].IndexOf((byte)'\n');
            skipped += read;
            _skipping = lineEnd < 0;
            _rest = lineEnd < 0 ? default : room[(lineEnd + 1)..read];
        }
    }

    private async ValueTask<int> FillAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        int read = await stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken);
        _hash.AppendData(room.Span[..read]);
        BytesRead += read;
        _atEnd = read < room.Length;
        return read;
    }
}
