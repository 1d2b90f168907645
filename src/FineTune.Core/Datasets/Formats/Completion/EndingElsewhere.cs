namespace FineTune.Datasets.Formats.Completion;

/// <summary>
/// Where a text has its own last bytes a second time. Which of them all texts have in common is known at the end only, so the first line
/// is kept for each length.
/// </summary>
internal sealed class EndingElsewhere
{
    private readonly int[] _lines = new int[CommonEnding.Longest + 1];

    public void Clear() => Array.Clear(_lines);

    /// <summary>The first line with a text in which an ending of that many bytes also stands elsewhere; 0 when there is none.</summary>
    public int LineFor(int length) => _lines[length];

    /// <param name="longest">In bytes; a longer ending is not common to all texts.</param>
    public void Take(ReadOnlySpan<byte> text, int longest, int line)
    {
        if (longest > 0 && _lines[longest] == 0)
        {
            for (int length = LongestElsewhere(text, longest); length > 0 && _lines[length] == 0; length--)
            {
                _lines[length] = line;
            }
        }
    }

    /// <summary>Takes what another has found in later lines.</summary>
    public void Add(EndingElsewhere later)
    {
        for (int length = 1; length < _lines.Length; length++)
        {
            _lines[length] = _lines[length] == 0 ? later._lines[length] : _lines[length];
        }
    }

    // The two must not overlap.
    private static int LongestElsewhere(ReadOnlySpan<byte> text, int longest)
    {
        int found = 0;
        for (int end = text.Length - 1; found < longest && (end = text[..end].LastIndexOf(text[^1]) + 1) > 0; end--)
        {
            int most = Math.Min(longest, Math.Min(end, text.Length - end));
            int length = 1;
            while (length < most && text[end - 1 - length] == text[^(length + 1)])
            {
                length++;
            }

            found = Math.Max(found, length);
        }

        return found;
    }
}
