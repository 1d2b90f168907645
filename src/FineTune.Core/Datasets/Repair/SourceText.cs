using System.Text;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets.Repair;

/// <summary>A file's bytes as UTF-8, whatever Unicode encoding it is written in.</summary>
internal static class SourceText
{
    /// <summary>The stream itself, or one over it that gives UTF-8.</summary>
    /// <exception cref="UnreadableDatasetException">The file is no text at all.</exception>
    public static async Task<(Stream Text, bool IsTranscoded)> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        byte[] head = new byte[8];
        int read = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        source.Position = 0;
        if (EncodingOf(head.AsSpan(0, read)) is { } encoding)
        {
            return (Encoding.CreateTranscodingStream(source, encoding, Encoding.UTF8, leaveOpen: true), true);
        }

        ProblemLog problems = new(maxKept: 1);
        if (FileHead.IsHopeless(head.AsSpan(0, read), problems))
        {
            throw new UnreadableDatasetException($"{problems.Kept[0].Message} {problems.Kept[0].Fix}");
        }

        return (source, false);
    }

    /// <summary>The first byte that is no white space, where the text begins; null when there is none. Rewinds the source.</summary>
    public static async Task<byte?> FirstByteAsync(Stream source, CancellationToken cancellationToken)
    {
        (Stream text, _) = await OpenAsync(source, cancellationToken);
        byte[] buffer = new byte[4096];
        byte? first = null;
        while (first is null && await text.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            int at = buffer.AsSpan(0, read).IndexOfAnyExcept("\uFEFF \t\r\n"u8);
            first = at < 0 ? null : buffer[at];
        }

        source.Position = 0;
        return first;
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true),
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        _ => null,
    };
}
