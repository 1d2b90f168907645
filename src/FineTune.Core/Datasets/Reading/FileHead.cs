using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Reading;

/// <summary>Recognises by its first bytes what is no text in UTF-8.</summary>
internal static class FileHead
{
    public const int ByteOrderMarkLength = 3;

    public static bool HasByteOrderMark(ReadOnlySpan<byte> head) => head.StartsWith("\uFEFF"u8);

    /// <summary>True, and a problem, when reading on would make no sense.</summary>
    public static bool IsHopeless(ReadOnlySpan<byte> head, ProblemLog problems)
    {
        if (Utf16(head) is { } encoding)
        {
            problems.Add(FileRules.Utf16, field: null, encoding);
            return true;
        }

        if (Kind(head) is { } kind)
        {
            problems.Add(FileRules.NotText, field: null, kind);
            return true;
        }

        return false;
    }

    private static string? Utf16(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => "UTF-32",
        [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] => "UTF-16 (little endian)",
        [0xFE, 0xFF, ..] => "UTF-16 (big endian)",
        [not 0, 0, not 0, 0, ..] => "UTF-16 (little endian, without a byte order mark)",
        [0, not 0, 0, not 0, ..] => "UTF-16 (big endian, without a byte order mark)",
        _ => null,
    };

    private static string? Kind(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, ..] => "compressed with gzip",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "a zip archive (or an Excel workbook)",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "compressed with zstd",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => "compressed with bzip2",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "compressed with xz",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => "a 7z archive",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "a Parquet file",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office file (.xls, .doc)",
        [(byte)'A', (byte)'R', (byte)'R', (byte)'O', (byte)'W', (byte)'1', ..] => "an Arrow file",
        [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e', ..] => "an SQLite database",
        [0x80, 2 or 3 or 4 or 5, ..] => "a Python pickle",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => "an image",
        _ => null,
    };
}
