using FineTune.Tokens;

namespace FineTune.Datasets.Counting;

/// <summary>
/// The tokens of one example as the provider bills them. Text is exact; tools and images have no published formula and
/// widen the figure to an interval. Without an encoding everything counts as nothing.
/// </summary>
internal sealed class ExampleTokens(TokenEncoding? encoding)
{
    private const int PerExample = 3;
    private const int PerMessage = 3;
    private const int PerName = 1;

    public Interval<long> Total { get; private set; }

    /// <summary>Starts with what surrounds every conversation.</summary>
    public void StartExample() => Total = new Interval<long>(PerExample, PerExample);

    /// <summary>Starts at nothing: prompt and completion are trained as they are.</summary>
    public void StartPlainExample() => Total = default;

    public void AddMessage(ReadOnlySpan<byte> role)
    {
        Add(PerMessage, PerMessage);
        AddText(role);
    }

    public void AddName(ReadOnlySpan<byte> name)
    {
        Add(PerName, PerName);
        AddText(name);
    }

    public void AddText(ReadOnlySpan<byte> text)
    {
        int count = encoding?.Count(text) ?? 0;
        Add(count, count);
    }

    /// <summary>JSON the provider rewrites into a form of its own: between <paramref name="least"/> and the text as written.</summary>
    public void AddRewritten(int least, ReadOnlySpan<byte> written) => Add(least, Math.Max(least, encoding?.Count(written) ?? 0));

    /// <summary>What may be counted again, or not at all.</summary>
    public void AddAtMost(long most) => Total = new Interval<long>(Total.Low, Total.High + most);

    public int Count(ReadOnlySpan<byte> text) => encoding?.Count(text) ?? 0;

    public void Add(int low, int high) => Total = new Interval<long>(Total.Low + low, Total.High + high);
}
