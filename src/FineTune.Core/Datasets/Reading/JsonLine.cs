using System.Text.Json;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>
/// One line parsed into a flat list of nodes. The same instance, with its buffers, serves every line of a file: nothing is
/// allocated per line, and nothing recurses, however deep the line.
/// </summary>
internal sealed class JsonLine(ProblemLog problems)
{
    public const int MaxDepth = 64;

    /// <summary>Bounds the memory of one hostile line; a chat example has some hundreds.</summary>
    public const int MaxNodes = 400_000;

    private readonly int[] _open = new int[MaxDepth];
    private readonly DuplicateKeys _duplicateKeys = new();
    private JsonNode[] _nodes = new JsonNode[256];
    private byte[] _text = [];
    private int _count;
    private int _textUsed;

    public Line Line { get; private set; }

    public JsonValue Root => new(this, 0);

    /// <summary>Values and property names.</summary>
    public int Count => _count;

    public ref readonly JsonNode this[int index] => ref _nodes[index];

    /// <summary>The first byte after the line's value; what follows is for the caller to judge.</summary>
    public int EndOfValue { get; private set; }

    public ReadOnlySpan<byte> TextOf(int index)
    {
        ref readonly var node = ref _nodes[index];
        return node.TextStart < 0
            ? Line.Bytes.Span.Slice(node.Start, node.TextLength)
            : _text.AsSpan(node.TextStart, node.TextLength);
    }

    /// <inheritdoc cref="TextOf"/>
    public ReadOnlyMemory<byte> MemoryOf(int index)
    {
        var node = _nodes[index];
        return node.TextStart < 0 ? Line.Bytes.Slice(node.Start, node.TextLength) : _text.AsMemory(node.TextStart, node.TextLength);
    }

    /// <summary>Where in the line a byte of a text stands.</summary>
    public int PlaceOf(int index, int byteOfText)
    {
        var node = _nodes[index];
        return node.Start + (node.TextStart < 0 ? byteOfText : JsonText.PlaceOf(Line.Bytes.Span[node.Start..node.End], byteOfText));
    }

    /// <summary>Reads the line's first value; null, or why it is none.</summary>
    public JsonMistake? Parse(in Line line)
    {
        Line = line;
        (_count, _textUsed) = (0, 0);
        if (_text.Length < line.Bytes.Length)
        {
            _text = new byte[Math.Max(line.Bytes.Length, 4096)];
        }

        var reader = new Utf8JsonReader(line.Bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true });
        try
        {
            return ReadValue(ref reader);
        }
        catch (JsonException exception)
        {
            int at = (int)Math.Min(exception.BytePositionInLine ?? 0, line.Bytes.Length);
            return JsonMistakeFinder.Find(line.Bytes.Span, at);
        }
    }

    private JsonMistake? ReadValue(ref Utf8JsonReader reader)
    {
        int depth = 0;
        while (reader.Read())
        {
            if (_count == MaxNodes)
            {
                return new JsonMistake(JsonRules.TooManyValues, (int)reader.TokenStartIndex);
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _open[depth++] = _count;
                    Append(reader.TokenType, (int)reader.TokenStartIndex, 0, 0);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close(_open[--depth], (int)reader.BytesConsumed);
                    break;
                case JsonTokenType.String or JsonTokenType.PropertyName:
                    AppendText(ref reader);
                    break;
                default:
                    Append(reader.TokenType, (int)reader.TokenStartIndex, (int)reader.BytesConsumed, reader.ValueSpan.Length);
                    break;
            }

            if (depth == 0)
            {
                break;
            }
        }

        EndOfValue = (int)reader.BytesConsumed;
        FindDuplicateKeys();
        return null;
    }

    private void AppendText(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex + 1;
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            Append(reader.TokenType, start, start + raw.Length, raw.Length);
            return;
        }

        var unescaped = JsonText.Unescape(raw, _text.AsSpan(_textUsed));
        Append(reader.TokenType, start, start + raw.Length, unescaped.Length, _textUsed);
        _textUsed += unescaped.Length;
        if (unescaped.LoneSurrogateAt >= 0)
        {
            problems.Add(JsonRules.LoneSurrogate, Line, start + unescaped.LoneSurrogateAt);
        }

        if (unescaped.NulAt >= 0)
        {
            problems.Add(JsonRules.NulEscape, Line, start + unescaped.NulAt);
        }
    }

    private void Append(JsonTokenType kind, int start, int end, int textLength, int textStart = -1)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Math.Min(_nodes.Length * 4, MaxNodes));
        }

        _nodes[_count] = new JsonNode(kind, start, end, _count + 1, textStart, textLength);
        _count++;
    }

    private void Close(int container, int end)
        => _nodes[container] = _nodes[container] with { End = end, Next = _count };

    private void FindDuplicateKeys()
    {
        for (int index = 0; index < _count; index++)
        {
            if (_nodes[index].Kind == JsonTokenType.StartObject)
            {
                _duplicateKeys.Find(new JsonValue(this, index), problems);
            }
        }
    }

    /// <summary>A hash of a value and all it contains, blind to white space and to how a text is escaped.</summary>
    public ulong FingerprintOf(int value)
    {
        int end = _nodes[value].Next;
        ulong hash = (ulong)(end - value);
        for (int index = value; index < end; index++)
        {
            var node = _nodes[index];
            hash = Fingerprint.Add(hash, (ulong)node.Kind << 32 | (uint)(node.Next - index));
            hash = node.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray ? hash : Fingerprint.Add(hash, TextOf(index));
        }

        return hash;
    }
}
