using System.Buffers;

namespace FineTune.Datasets.Repair;

/// <summary>Collects the lines of an example that is spread over many, until its last brace is closed.</summary>
internal sealed class SpreadExample(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _depth;

    /// <summary>The lines collected, with their numbers.</summary>
    public List<(int Number, byte[] Bytes)> Lines { get; } = [];

    public bool IsEmpty => Lines.Count == 0;

    /// <summary>Whether every bracket that was opened is closed again.</summary>
    public bool IsWhole => _depth == 0;

    /// <summary>All lines in one. No text of JSON spans lines, so what was between them was between JSON's tokens.</summary>
    public ReadOnlyMemory<byte> Text => _text.WrittenMemory;

    /// <summary>Takes a trimmed line; false when no example can go on like this: it is taken all the same.</summary>
    public bool Take(int number, ReadOnlySpan<byte> line)
    {
        Lines.Add((number, line.ToArray()));
        JoinTo(line);
        _text.Write(line);
        return Follow(line) && _text.WrittenCount <= maxBytes;
    }

    public void Clear()
    {
        Lines.Clear();
        _text.ResetWrittenCount();
        _depth = 0;
    }

    // Two numbers or words must not become one.
    private void JoinTo(ReadOnlySpan<byte> line)
    {
        if (_text.WrittenCount > 0 && !"{}[],:\""u8.Contains(_text.WrittenSpan[^1]) && !"{}[],:\""u8.Contains(line[0]))
        {
            _text.Write(" "u8);
        }
    }

    private bool Follow(ReadOnlySpan<byte> line)
    {
        bool isText = false;
        for (int at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case (byte)'\\' when isText:
                    at++;
                    break;
                case (byte)'"':
                    isText = !isText;
                    break;
                case (byte)'{' or (byte)'[' when !isText:
                    _depth++;
                    break;
                case (byte)'}' or (byte)']' when !isText && --_depth < 0:
                    return false;
            }
        }

        return !isText;
    }
}
