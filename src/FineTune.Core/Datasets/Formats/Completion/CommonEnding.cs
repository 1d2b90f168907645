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

    public void Take(ReadOnlySpan<byte> text)
    {
        if (Count++ == 0)
        {
            _length = Math.Min(text.Length, Longest);
            text[^_length..].CopyTo(_ending.AsSpan(Longest - _length));
            return;
        }

        int common = 0;
        while (common < Math.Min(_length, text.Length) && text[^(common + 1)] == _ending[^(common + 1)])
        {
            common++;
        }

        _length = common;
    }
}
