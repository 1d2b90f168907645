namespace FineTune.Tokens;

/// <summary>The pattern that cuts a text into pieces before bytes are merged; no token crosses a cut.</summary>
internal interface ISplitPattern
{
    /// <summary>Whether an upper-case letter after a lower-case one begins a new piece.</summary>
    static abstract bool WordsEndBeforeUpper { get; }

    /// <summary>The end of the piece that starts at <paramref name="start"/>, which lies within the text.</summary>
    static abstract int EndOfPiece(ReadOnlySpan<byte> text, int start);
}
