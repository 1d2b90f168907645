namespace FineTune.Datasets.Formats.Completion;

/// <summary>What all texts begin with, as far as it is worth telling.</summary>
internal sealed class CommonStart
{
    private const int Longest = 64;

    private readonly byte[] _start = new byte[Longest];
    private bool _isEmpty = true;

    /// <summary>In bytes; one text alone begins like itself.</summary>
    public int Length { get; private set; }

    public void Clear() => (_isEmpty, Length) = (true, 0);

    public void Take(ReadOnlySpan<byte> text)
    {
        if (_isEmpty)
        {
            Length = Math.Min(text.Length, Longest);
            text[..Length].CopyTo(_start);
            _isEmpty = false;
        }

        Length = text.CommonPrefixLength(_start.AsSpan(0, Length));
    }

    /// <summary>Takes all the texts another has seen.</summary>
    public void Add(CommonStart other)
    {
        if (!other._isEmpty)
        {
            Take(other._start.AsSpan(0, other.Length));
        }
    }
}
