namespace FineTune.Datasets.Formats.Completion;

/// <summary>What all texts end with, as far as it is short enough to be a separator.</summary>
internal sealed class CommonEnding
{
    private const int Longest = 64;

    private readonly byte[] _ending = new byte[Longest];
    private int _length;

    /// <summary>Texts seen so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether two texts or more end differently; one alone ends like itself.</summary>
    public bool IsMissing => Count > 1 && _length == 0;

    private ReadOnlySpan<byte> Ending => _ending.AsSpan(Longest - _length);

    public void Clear() => (Count, _length) = (0, 0);

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
            _length = Math.Min(text.Length, Longest);
            text[^_length..].CopyTo(_ending.AsSpan(Longest - _length));
        }

        int common = 0;
        while (common < Math.Min(_length, text.Length) && text[^(common + 1)] == _ending[^(common + 1)])
        {
            common++;
        }

        _length = common;
        Count += texts;
    }
}
