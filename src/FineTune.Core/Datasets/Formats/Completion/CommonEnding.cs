namespace FineTune.Datasets.Formats.Completion;

/// <summary>What all texts end with, as far as it is short enough to be a separator.</summary>
internal sealed class CommonEnding
{
    /// <summary>In bytes; what is longer is no separator.</summary>
    public const int Longest = 64;

    private readonly byte[] _ending = new byte[Longest];

    /// <summary>In bytes; one text alone ends like itself.</summary>
    public int Length { get; private set; }

    /// <summary>Texts seen so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether two texts or more end differently; one alone ends like itself.</summary>
    public bool IsMissing => Count > 1 && Length == 0;

    private ReadOnlySpan<byte> Ending => _ending.AsSpan(Longest - Length);

    public void Clear() => (Count, Length) = (0, 0);

    public void Take(ReadOnlySpan<byte> text) => Take(text, texts: 1);

    /// <summary>Takes all the texts another has seen.</summary>
    public void Add(CommonEnding other)
    {
        if (other.Count > 0)
        {
            Take(other.Ending, other.Count);
        }
    }

    private void Take(ReadOnlySpan<byte> text, long texts)
    {
        if (Count == 0)
        {
            Length = Math.Min(text.Length, Longest);
            text[^Length..].CopyTo(_ending.AsSpan(Longest - Length));
        }

        int common = 0;
        while (common < Math.Min(Length, text.Length) && text[^(common + 1)] == _ending[^(common + 1)])
        {
            common++;
        }

        Length = common;
        Count += texts;
    }
}
