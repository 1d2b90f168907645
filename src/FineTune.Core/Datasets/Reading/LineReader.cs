using System.Buffers;
using System.Security.Cryptography;

namespace FineTune.Datasets.Reading;

/// <summary>Cuts a stream into lines in one pooled buffer that never grows past the line cap, hashing every byte on the way.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private const int FirstBuffer = 256 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, maxLineBytes + 1));
    private int _start;
    private int _end;
    private int _searched;
    private int _number;
    private long _skipped;
    private bool _skipping;
    private bool _atEnd;

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the last byte of the stream was read.</summary>
    public bool ReachedEnd => _atEnd;

    /// <summary>How much of a line over the cap has been thrown away.</summary>
    public long SkippedOfLine => _skipping ? _skipped : 0;

    /// <summary>Lower-case hexadecimal, of every byte read so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The unread bytes in the buffer; enough of them to recognise a file by its first bytes after <see cref="ReadHeadAsync"/>.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start.._end);

    /// <summary>Reads until at least eight bytes are buffered or the stream ends.</summary>
    public async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (Buffered.Length < 8 && await FillAsync(cancellationToken))
        {
        }
    }

    /// <summary>Drops bytes that belong to no line: a byte order mark.</summary>
    public void Drop(int count)
    {
        _start += count;
        _searched = _start;
    }

    /// <summary>Reads once more from the stream; false at its end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _hash.AppendData(_buffer, _end, read);
        _end += read;
        BytesRead += read;
        _atEnd = read == 0;
        return read > 0;
    }

    /// <summary>Takes the next whole line out of the buffer; the last line needs no line end.</summary>
    public bool TryTake(out Line line)
    {
        int found = _buffer.AsSpan(_searched.._end).IndexOf((byte)'\n');
        if (found >= 0)
        {
            return TakeThrough(_searched + found, lineEnd: 1, out line);
        }

        _searched = _end;
        if (_skipping || _end - _start > maxLineBytes)
        {
            return TrySkip(out line);
        }

        if (_atEnd && _end > _start)
        {
            return TakeThrough(_end, lineEnd: 0, out line);
        }

        line = default;
        return false;
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool TakeThrough(int end, int lineEnd, out Line line)
    {
        long offset = BytesRead - (_end - _start);
        var bytes = _buffer.AsMemory(_start..end);
        _start = _searched = end + lineEnd;
        if (_skipping)
        {
            _skipping = false;
            return TryTake(out line);
        }

        if (bytes.Length > maxLineBytes)
        {
            line = new Line(++_number, offset, default, IsTooLong: true);
            return true;
        }

        bool carriageReturn = lineEnd > 0 && bytes.Length > 0 && bytes.Span[^1] == '\r';
        line = new Line(++_number, offset, carriageReturn ? bytes[..^1] : bytes, carriageReturn);
        return true;
    }

    private bool TrySkip(out Line line)
    {
        bool isFirst = !_skipping;
        line = isFirst ? new Line(++_number, BytesRead - (_end - _start), default, IsTooLong: true) : default;
        _skipped = isFirst ? _end - _start : _skipped + (_end - _start);
        _skipping = true;
        _start = _end;
        return isFirst;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffered.CopyTo(_buffer);
            (_searched, _end, _start) = (_searched - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffered.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
