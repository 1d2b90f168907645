using System.Buffers;

namespace FineTune.Datasets.Reading;

/// <summary>
/// Whole lines of a dataset in a buffer of their own, so that batches can be inspected side by side. The lines can be taken again
/// after a <see cref="Rewind"/>. Filled by <see cref="LineBatchReader"/>.
/// </summary>
internal sealed class LineBatch : IDisposable
{
    private byte[] _buffer = [];
    private int _filled;
    private int _end;
    private long _offset;
    private int _firstLine;
    private bool _endsInLongLine;
    private int _at;
    private int _taken;

    /// <summary>Of a line, with its line end; a longer one is marked as too long, and its bytes are left out.</summary>
    public required int MaxLineBytes { get; init; }

    /// <summary>How many lines it holds, the too long one at its end included.</summary>
    public int Lines { get; private set; }

    /// <summary>Bytes in the buffer, some of which may belong to the line after the last whole one.</summary>
    public int Length => _filled;

    public bool HasWholeLine => _end > 0;

    /// <summary>What follows the last whole line; valid until the batch is filled again.</summary>
    public ReadOnlyMemory<byte> Rest => _buffer.AsMemory(_end.._filled);

    /// <summary>Begins with what an earlier batch has left, which may lie in this very buffer.</summary>
    public void Start(ReadOnlyMemory<byte> rest, long offset, int firstLine, int room)
    {
        (_offset, _firstLine, _filled, _end, _endsInLongLine) = (offset, firstLine, 0, 0, false);
        byte[] buffer = _buffer.Length < rest.Length + room ? ArrayPool<byte>.Shared.Rent(rest.Length + room) : _buffer;
        rest.CopyTo(buffer);
        Use(buffer);
        Append(rest.Length);
    }

    /// <summary>Where the next bytes of the stream go.</summary>
    public Memory<byte> Room()
    {
        if (_filled == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            Use(larger);
        }

        return _buffer.AsMemory(_filled);
    }

    /// <summary>Takes in bytes written into the room.</summary>
    public void Append(int count)
    {
        int lineEnd = _buffer.AsSpan(_filled, count).LastIndexOf((byte)'\n');
        _end = lineEnd < 0 ? _end : _filled + lineEnd + 1;
        _filled += count;
    }

    /// <summary>Nothing more is coming for now: counts the lines. A line left open ends with the file, or is too long to be read on.</summary>
    public void Finish(bool atEnd, bool inLongLine)
    {
        _end = atEnd ? _filled : _end;
        _endsInLongLine = inLongLine;
        var whole = _buffer.AsSpan(0, _end);
        bool isLastOpen = _end > 0 && whole[^1] != '\n';
        Lines = whole.Count((byte)'\n') + (isLastOpen ? 1 : 0) + (inLongLine ? 1 : 0);
        Rewind();
    }

    public void Rewind() => (_at, _taken) = (0, 0);

    public bool TryTake(out Line line)
    {
        int number = _firstLine + _taken;
        if (_at < _end)
        {
            int found = _buffer.AsSpan(_at.._end).IndexOf((byte)'\n');
            int length = found < 0 ? _end - _at : found;
            line = Cut(number, length, hasEnd: found >= 0);
            _at += length + 1;
            _taken++;
            return true;
        }

        bool isLongLine = _endsInLongLine && _taken < Lines;
        line = isLongLine ? new Line(number, _offset + _end, default, IsTooLong: true) : default;
        _taken += isLongLine ? 1 : 0;
        return isLongLine;
    }

    public void Dispose() => Use([]);

    private Line Cut(int number, int length, bool hasEnd)
    {
        long offset = _offset + _at;
        var bytes = _buffer.AsMemory(_at, length);
        if (length > MaxLineBytes)
        {
            return new Line(number, offset, default, IsTooLong: true);
        }

        bool carriageReturn = hasEnd && length > 0 && bytes.Span[^1] == '\r';
        return new Line(number, offset, carriageReturn ? bytes[..^1] : bytes, carriageReturn);
    }

    private void Use(byte[] buffer)
    {
        if (buffer != _buffer && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }
}
