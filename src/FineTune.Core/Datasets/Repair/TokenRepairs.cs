using System.Buffers;
using System.Text;

namespace FineTune.Datasets.Repair;

/// <summary>
/// Reads a line the JSON reader has refused, token by token, and makes the repairs that have one meaning only: commas before a closing
/// bracket, raw control characters inside texts, Python's three words. Whether the result is JSON is for the caller to find out.
/// </summary>
internal ref struct TokenRepairs(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly LineEdits _edits = new();
    private int _at;
    private int _comma = -1;
    private byte _before;

    public static LineEdits Find(ReadOnlySpan<byte> line) => new TokenRepairs(line).Find();

    private LineEdits Find()
    {
        while (_at < _line.Length)
        {
            byte found = _line[_at];
            if (found == '"')
            {
                TakeText();
            }
            else if (char.IsAsciiLetter((char)found))
            {
                TakeWord();
            }
            else
            {
                TakeMark(found);
            }
        }

        return _edits;
    }

    private void TakeMark(byte found)
    {
        if (found == ',')
        {
            // After an opening bracket or another comma it is not the only thing that is wrong.
            _comma = _before is (byte)'[' or (byte)'{' or (byte)',' or (byte)':' or 0 ? -1 : _at;
        }
        else if (found is (byte)']' or (byte)'}' && _before == ',' && _comma >= 0)
        {
            _edits.Delete(_comma, _comma + 1, Repairs.CommaBeforeEnd);
        }

        _before = found is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? _before : found;
        _at++;
    }

    private void TakeText()
    {
        _before = (byte)'"';
        for (_at++; _at < _line.Length && _line[_at] != '"'; _at++)
        {
            if (_line[_at] == '\\' && _at + 1 < _line.Length && _line[_at + 1] >= ' ')
            {
                _at++;
            }
            else if (_line[_at] < ' ')
            {
                _edits.Replace(_at, _at + 1, Escape(_line[_at]), Repairs.ControlCharacter);
            }
        }

        _at++;
    }

    private void TakeWord()
    {
        int length = _line[_at..].IndexOfAnyExcept(Letters);
        var word = length < 0 ? _line[_at..] : _line.Slice(_at, length);
        var literal = word.SequenceEqual("True"u8) ? "true"u8 : word.SequenceEqual("False"u8) ? "false"u8 : word.SequenceEqual("None"u8) ? "null"u8 : default;
        if (!literal.IsEmpty && _before is (byte)':' or (byte)',' or (byte)'[')
        {
            _edits.Replace(_at, _at + word.Length, literal, Repairs.Literal);
        }

        _before = (byte)'a';
        _at += word.Length;
    }

    private static byte[] Escape(byte control) => control switch
    {
        (byte)'\t' => [.. "\\t"u8],
        (byte)'\n' => [.. "\\n"u8],
        (byte)'\r' => [.. "\\r"u8],
        _ => Encoding.ASCII.GetBytes($"\\u{(int)control:x4}"),
    };

    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
}
