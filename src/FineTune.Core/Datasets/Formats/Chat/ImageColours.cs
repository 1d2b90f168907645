using System.Buffers;
using System.Buffers.Text;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Reads from a PNG's or JPEG's header, in base64, which colours it has. WEBP has no others than the provider takes.</summary>
internal static class ImageColours
{
    private const int ColourTypeOfPng = 25;
    private const int MostSegments = 200;

    /// <returns>Null when the colours are red, green and blue, or cannot be told.</returns>
    public static string? Other(ReadOnlySpan<byte> type, ReadOnlySpan<byte> base64)
        => type.EndsWith("png"u8) ? OfPng(ByteAt(base64, ColourTypeOfPng)) : type.EndsWith("webp"u8) ? null : OfJpeg(base64);

    private static string? OfPng(int colourType) => colourType switch
    {
        0 or 4 => "greyscale",
        3 => "a palette image",
        _ => null,
    };

    // FF, the segment's kind, its length in two bytes; the frame's segment says how many colours there are.
    private static string? OfJpeg(ReadOnlySpan<byte> base64)
    {
        int at = 2;
        for (int segment = 0; segment < MostSegments && ByteAt(base64, at) == 0xFF; segment++)
        {
            int kind = ByteAt(base64, at + 1);
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return ByteAt(base64, at + 9) switch { 1 => "greyscale", 4 => "CMYK", _ => null };
            }

            at += 2 + (ByteAt(base64, at + 2) << 8) + ByteAt(base64, at + 3);
        }

        return null;
    }

    /// <returns>Negative past the end, or where the base64 is interrupted by white space.</returns>
    private static int ByteAt(ReadOnlySpan<byte> base64, int index)
    {
        Span<byte> three = stackalloc byte[3];
        int start = index / 3 * 4;
        return index >= 0 && start <= base64.Length - 4
            && Base64.DecodeFromUtf8(base64.Slice(start, 4), three, out _, out int written) == OperationStatus.Done && index % 3 < written
            ? three[index % 3]
            : -1;
    }
}
