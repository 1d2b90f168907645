using System.Text;

namespace FineTune.Datasets.Reading;

/// <summary>Where bytes stop being UTF-8, and what they look like instead.</summary>
internal readonly record struct Utf8Fault(int At, string LooksLike)
{
    public static Utf8Fault In(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return new Utf8Fault(at, Name(bytes[at..]));
    }

    private static string Name(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xC0 or 0xC1, ..] => "an overlong form, which UTF-8 forbids",
        [0xED, >= 0xA0, ..] => "half of a surrogate pair, which UTF-8 forbids",
        [>= 0xF5, >= 0x80 and < 0xC0, ..] => "a code point beyond Unicode, or binary data",
        [>= 0xC2 and <= 0xF4] or [>= 0xE0 and <= 0xF4, >= 0x80 and < 0xC0] => "a character cut off at the end of the line",
        _ => "Windows-1252, Latin-1 or another one-byte encoding",
    };
}
