using System.Text.Json;

namespace FineTune.Datasets.Reading;

/// <summary>A view of one value of a parsed line; the default is "there is none".</summary>
internal readonly record struct JsonValue(JsonLine Line, int Index)
{
    public bool IsMissing => Line is null;

    /// <summary>Absent, or there and <c>null</c>.</summary>
    public bool IsNothing => IsMissing || Kind == JsonTokenType.Null;

    public JsonTokenType Kind => Line[Index].Kind;

    public bool IsString => !IsMissing && Kind == JsonTokenType.String;

    public bool IsObject => !IsMissing && Kind == JsonTokenType.StartObject;

    public bool IsArray => !IsMissing && Kind == JsonTokenType.StartArray;

    public bool IsBoolean => !IsMissing && Kind is JsonTokenType.True or JsonTokenType.False;

    /// <summary>A string's text with its escapes resolved; a number's or literal's bytes as written.</summary>
    public ReadOnlySpan<byte> Text => Line.TextOf(Index);

    /// <summary>The bytes as written, a container with all it contains.</summary>
    public ReadOnlySpan<byte> Written => Line.Line.Bytes.Span[Line[Index].Start..Line[Index].End];

    /// <summary>Where a person looks for it: a string at its quotation mark.</summary>
    public int Start => Line[Index].Start - (Kind is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0);

    public bool IsEmptyArray => IsArray && Line[Index].Next == Index + 1;

    /// <summary>A hash of the value and all it contains, blind to white space and to how a text is escaped.</summary>
    public ulong Fingerprint => Line.FingerprintOf(Index);

    public PropertyEnumerator Properties => new(this);

    public ItemEnumerator Items => new(this);

    public bool Is(ReadOnlySpan<byte> text) => IsString && Text.SequenceEqual(text);

    /// <summary>The value under a key; the last one when the key is there twice, as most readers have it.</summary>
    public JsonValue Get(ReadOnlySpan<byte> key)
    {
        var found = default(JsonValue);
        foreach (var property in Properties)
        {
            found = property.Name.Text.SequenceEqual(key) ? property.Value : found;
        }

        return found;
    }

    internal struct PropertyEnumerator(JsonValue container)
    {
        private readonly int _end = container.Line[container.Index].Next;
        private int _next = container.Index + 1;

        public JsonProperty Current { get; private set; }

        public readonly PropertyEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = new JsonProperty(new JsonValue(container.Line, _next), new JsonValue(container.Line, _next + 1));
            _next = container.Line[_next + 1].Next;
            return true;
        }
    }

    internal struct ItemEnumerator(JsonValue container)
    {
        private readonly int _end = container.Line[container.Index].Next;
        private int _next = container.Index + 1;

        public JsonValue Current { get; private set; }

        public readonly ItemEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = new JsonValue(container.Line, _next);
            _next = container.Line[_next].Next;
            return true;
        }
    }
}
