namespace FineTune.Tokens;

/// <summary>The pattern that cuts a text into pieces before bytes are merged; no token crosses a cut.</summary>
internal interface ISplitPattern
{
    /// <summary>
    /// The end of the piece that starts at <paramref name="start"/> if <see cref="AsciiWord"/> can tell, otherwise 0.
    /// <see cref="AsciiWord.Window"/> bytes must be readable there; those after the text are zeros.
    /// </summary>
    static abstract int EndOfPlainWord(ReadOnlySpan<byte> readable, int start);

    /// <summary>The end of the piece that starts at <paramref name="start"/>, which lies within the text.</summary>
    static abstract int EndOfPiece(ReadOnlySpan<byte> text, int start);
}
