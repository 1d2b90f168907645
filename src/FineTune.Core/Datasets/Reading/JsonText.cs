using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FineTune.Datasets.Reading;

/// <summary>What a JSON string says once its escapes are resolved.</summary>
internal static class JsonText
{
    /// <param name="Length">Bytes written.</param>
    /// <param name="LoneSurrogateAt">The first half of a pair without its other half, in bytes of the source; -1 when there is none.</param>
    /// <param name="NulAt">The first escaped NUL, in bytes of the source; -1 when there is none.</param>
    internal readonly record struct Unescaped(int Length, int LoneSurrogateAt, int NulAt);

    /// <summary>Resolves the escapes of a string the JSON reader has accepted; the result is never longer than the source.</summary>
    public static Unescaped Unescape(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int read = 0;
        int written = 0;
        int loneSurrogateAt = -1;
        int nulAt = -1;
        while (true)
        {
            int plain = source[read..].IndexOf((byte)'\\');
            var run = plain < 0 ? source[read..] : source.Slice(read, plain);
            run.CopyTo(destination[written..]);
            written += run.Length;
            read += run.Length;
            if (plain < 0)
            {
                return new Unescaped(written, loneSurrogateAt, nulAt);
            }

            var rune = ReadEscape(source[read..], out int length, out bool isLoneSurrogate);
            loneSurrogateAt = isLoneSurrogate && loneSurrogateAt < 0 ? read : loneSurrogateAt;
            nulAt = rune.Value == 0 && nulAt < 0 ? read : nulAt;
            written += rune.EncodeToUtf8(destination[written..]);
            read += length;
        }
    }

    /// <summary>Where in the source a byte of the unescaped text comes from.</summary>
    public static int PlaceOf(ReadOnlySpan<byte> source, int byteOfText)
    {
        int read = 0;
        for (int written = 0; written < byteOfText && read < source.Length;)
        {
            int length = 1;
            written += source[read] == '\\' ? ReadEscape(source[read..], out length, out _).Utf8SequenceLength : 1;
            read += length;
        }

        return read;
    }

    private static Rune ReadEscape(ReadOnlySpan<byte> source, out int length, out bool isLoneSurrogate)
    {
        isLoneSurrogate = false;
        length = 2;
        if (source[1] != 'u')
        {
            return new Rune(Short(source[1]));
        }

        char first = Hex(source);
        length = 6;
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (source.Length >= 12 && source[6] == '\\' && source[7] == 'u' && Rune.TryCreate(first, Hex(source[6..]), out rune))
        {
            length = 12;
            return rune;
        }

        isLoneSurrogate = true;
        return Rune.ReplacementChar;
    }

    private static char Short(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)letter,
    };

    private static char Hex(ReadOnlySpan<byte> escape)
        => Utf8Parser.TryParse(escape.Slice(2, 4), out ushort value, out int _, 'x')
            ? (char)value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The JSON reader let a malformed escape pass."));
}
