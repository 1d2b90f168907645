using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>
/// Reads a line the JSON reader has refused once more, slowly, to name the mistake: the reader says where it stopped, not what
/// a person did wrong. Only broken lines come here.
/// </summary>
internal ref struct JsonMistakeFinder(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly bool[] _isObject = new bool[JsonLine.MaxDepth];
    private int _at;
    private int _depth;
    private int _comma = -1;
    private bool _lastWasText;

    private enum Expected
    {
        Value,
        ValueOrEnd,
        Key,
        KeyOrEnd,
        Colon,
        CommaOrEnd,
    }

    /// <summary>The first mistake; when this reader sees none, the place where the other one stopped.</summary>
    public static JsonMistake Find(ReadOnlySpan<byte> line, int stoppedAt)
    {
        var found = new JsonMistakeFinder(line).Find() ?? new JsonMistake(JsonRules.Invalid, stoppedAt);
        int start = line.IndexOfAnyExcept(" \t\r"u8);
        bool startsLikeJson = start >= 0 && line[start] is (byte)'{' or (byte)'[' or (byte)'"';
        return startsLikeJson || found.Rule == JsonRules.Comment ? found : new JsonMistake(JsonRules.NotJson, Math.Max(start, 0));
    }

    private JsonMistake? Find()
    {
        var expected = Expected.Value;
        JsonMistake? mistake = null;
        do
        {
            SkipSpace();
            mistake = _at == _line.Length ? Mistake(JsonRules.Incomplete) : Take(ref expected);
        }
        while (mistake is null && _depth > 0);

        return mistake;
    }

    private JsonMistake? Take(ref Expected expected) => expected switch
    {
        Expected.Colon => TakeColon(ref expected),
        Expected.CommaOrEnd => TakeCommaOrEnd(ref expected),
        Expected.Key or Expected.KeyOrEnd => TakeKey(ref expected),
        _ => TakeValue(ref expected),
    };

    private JsonMistake? TakeColon(ref Expected expected)
    {
        if (_line[_at] != ':')
        {
            return Mistake(JsonRules.MissingColon);
        }

        _at++;
        expected = Expected.Value;
        return null;
    }

    private JsonMistake? TakeCommaOrEnd(ref Expected expected)
    {
        byte found = _line[_at];
        if (found == ',')
        {
            _comma = _at++;
            expected = InObject ? Expected.Key : Expected.Value;
            return null;
        }

        return found switch
        {
            (byte)'}' or (byte)']' => Close(ref expected),
            (byte)'"' or (byte)'{' or (byte)'[' => Mistake(JsonRules.MissingComma),
            (byte)'/' or (byte)'#' => Mistake(JsonRules.Comment),
            _ => Mistake(_lastWasText ? JsonRules.UnescapedQuote : JsonRules.MissingComma),
        };
    }

    private JsonMistake? TakeKey(ref Expected expected)
    {
        byte found = _line[_at];
        if (found == '"')
        {
            expected = Expected.Colon;
            return Take(JsonTokenCheck.Text(_line[_at..]));
        }

        if (found is (byte)'}' or (byte)']')
        {
            return expected == Expected.Key ? new JsonMistake(JsonRules.CommaBeforeEnd, _comma) : Close(ref expected);
        }

        return Mistake(OfToken(found, JsonRules.UnquotedKey));
    }

    private JsonMistake? TakeValue(ref Expected expected)
    {
        byte found = _line[_at];
        switch (found)
        {
            case (byte)'{' or (byte)'[':
                return Open(found == '{', ref expected);
            case (byte)']' or (byte)'}' when expected == Expected.ValueOrEnd:
                return Close(ref expected);
            case (byte)']' or (byte)'}' when _depth > 0 && !InObject:
                return new JsonMistake(JsonRules.CommaBeforeEnd, _comma);
        }

        expected = Expected.CommaOrEnd;
        _lastWasText = found == '"';
        return found switch
        {
            (byte)'"' => Take(JsonTokenCheck.Text(_line[_at..])),
            (byte)'t' or (byte)'f' or (byte)'n' => Take(JsonTokenCheck.Literal(_line[_at..])),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Take(JsonTokenCheck.Number(_line[_at..])),
            (byte)'}' or (byte)']' => Mistake(JsonRules.WrongBracket),
            _ => Mistake(OfToken(found, JsonRules.WrongLiteral)),
        };
    }

    private readonly bool InObject => _depth > 0 && _isObject[_depth - 1];

    private JsonMistake? Open(bool isObject, ref Expected expected)
    {
        if (_depth == JsonLine.MaxDepth)
        {
            return Mistake(JsonRules.TooDeep);
        }

        _isObject[_depth++] = isObject;
        _at++;
        expected = isObject ? Expected.KeyOrEnd : Expected.ValueOrEnd;
        return null;
    }

    private JsonMistake? Close(ref Expected expected)
    {
        if (_line[_at] == '}' != InObject)
        {
            return Mistake(JsonRules.WrongBracket);
        }

        _depth--;
        _at++;
        _lastWasText = false;
        expected = Expected.CommaOrEnd;
        return null;
    }

    private JsonMistake? Take(JsonTokenCheck.Result token)
    {
        int start = _at;
        _at += token.Length;
        return token.Mistake is { } rule ? new JsonMistake(rule, start + token.Length) : null;
    }

    private static DatasetRule OfToken(byte found, DatasetRule ofLetters) => found switch
    {
        (byte)'\'' => JsonRules.SingleQuotes,
        0xE2 => JsonRules.SmartQuotes,
        (byte)'/' or (byte)'#' => JsonRules.Comment,
        (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9') => JsonRules.BadNumber,
        _ when char.IsAsciiLetter((char)found) => ofLetters,
        _ => JsonRules.Invalid,
    };

    private void SkipSpace()
    {
        int space = _line[_at..].IndexOfAnyExcept(" \t\r"u8);
        _at = space < 0 ? _line.Length : _at + space;
    }

    private readonly JsonMistake Mistake(DatasetRule rule) => new(rule, _at);
}
