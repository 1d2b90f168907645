using System.Text;

namespace FineTune.Datasets.Reading;

/// <summary>One line of a dataset, without its line end; the bytes are valid until the next line is taken.</summary>
/// <param name="Number">1-based.</param>
/// <param name="Offset">Where the line starts in the file, in bytes.</param>
/// <param name="EndsWithCarriageReturn">Whether <c>\r\n</c> ended it.</param>
/// <param name="IsTooLong">It passed the cap; <paramref name="Bytes"/> is empty.</param>
internal readonly record struct Line(
    int Number, long Offset, ReadOnlyMemory<byte> Bytes, bool EndsWithCarriageReturn = false, bool IsTooLong = false)
{
    /// <summary>
    /// The 1-based column of a byte, in UTF-16 code units: what <c>file:line:column</c> means to Visual Studio Code,
    /// Visual Studio, Rider and the language server protocol, so that a click on a report lands on the spot.
    /// </summary>
    public int ColumnOf(int byteInLine) => Encoding.UTF8.GetCharCount(Bytes.Span[..Math.Min(byteInLine, Bytes.Length)]) + 1;

    public bool IsBlank => Bytes.Span.IndexOfAnyExcept(" \t\r"u8) < 0;
}
