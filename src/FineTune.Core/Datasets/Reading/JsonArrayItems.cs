using System.Buffers;
using System.Text.Json;

namespace FineTune.Datasets.Reading;

/// <summary>Reads the items of one JSON array of any size, holding one item at a time.</summary>
internal sealed class JsonArrayItems(Stream stream, int maxItemBytes) : IDisposable
{
    private const int Chunk = 64 * 1024;

    // One level more than a line may have: the array itself.
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = JsonLine.MaxDepth + 1, AllowTrailingCommas = true });
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * Chunk);
    private int _kept;
    private int _parsed;
    private int _end;
    private int _itemStart = -1;
    private int _itemEnd = -1;
    private int _line = 1;
    private bool _atEnd;
    private bool _hasStarted;

    /// <summary>The bytes of the item last read, as written; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Item => _buffer.AsMemory(_itemStart.._itemEnd);

    /// <summary>The line the item starts in, 1-based.</summary>
    public int Line { get; private set; }

    /// <summary>All lines up to what was read last; an unfinished one counts.</summary>
    public int LinesRead => _line;

    /// <summary>Goes on to the next item; false after the last.</summary>
    /// <exception cref="UnreadableDatasetException">The file is not one whole array, or an item is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        (_itemStart, _itemEnd) = (-1, -1);
        while (!TryParse())
        {
            if (_atEnd)
            {
                return false;
            }

            await FillAsync(cancellationToken);
        }

        CountLines(_itemStart);
        Line = _line;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool TryParse()
    {
        if (!_hasStarted)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_parsed.._end), _atEnd, _state);
            bool found = TryFindItem(ref reader);
            _parsed += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return found;
        }
        catch (JsonException mistake)
        {
            throw new UnreadableDatasetException(
                $"The file starts like one JSON array, but is none from line {mistake.LineNumber + 1} on, byte {mistake.BytePositionInLine + 1} of the line. Mend it there, or write one object per line.");
        }
    }

    private bool TryFindItem(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1)
            {
                continue;
            }

            if (_itemStart < 0)
            {
                _itemStart = _parsed + (int)reader.TokenStartIndex;
            }

            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                _itemEnd = _parsed + (int)reader.BytesConsumed;
                return true;
            }
        }

        return false;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _atEnd = read == 0;
        if (!_hasStarted && (_end >= FileHead.ByteOrderMarkLength || _atEnd))
        {
            _hasStarted = true;
            _parsed = FileHead.HasByteOrderMark(_buffer.AsSpan(0, _end)) ? FileHead.ByteOrderMarkLength : 0;
        }
    }

    private void MakeRoom()
    {
        int keepFrom = _itemStart >= 0 ? _itemStart : _parsed;
        CountLines(keepFrom);
        if (_end - keepFrom > maxItemBytes)
        {
            throw new UnreadableDatasetException(
                $"The array's item that starts in line {_line} is longer than {maxItemBytes:N0} bytes, the most that is read as one example.");
        }

        byte[] target = _end - keepFrom + Chunk > _buffer.Length ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(keepFrom.._end).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        (_parsed, _end) = (_parsed - keepFrom, _end - keepFrom);
        (_itemStart, _kept) = (_itemStart >= 0 ? 0 : -1, 0);
    }

    private void CountLines(int until)
    {
        _line += _buffer.AsSpan(_kept..until).Count((byte)'\n');
        _kept = until;
    }
}
