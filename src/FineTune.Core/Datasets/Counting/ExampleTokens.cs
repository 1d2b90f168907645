using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Reading;
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

    private readonly List<MessageTokens> _messages = [];

    public Interval<long> Total { get; private set; }

    /// <summary>Of a preference: the prompt with either answer. Null for every other example, which is one sequence.</summary>
    public PreferenceSides? Sides { get; private set; }

    /// <summary>What goes through the model at once, at least: a preference goes one answer at a time.</summary>
    public long LongestSequence => Sides is { } sides ? Math.Max(sides.Preferred.Low, sides.Other.Low) : Total.Low;

    /// <summary>The example's messages, in the order in which they are read.</summary>
    public IReadOnlyList<MessageTokens> Messages => _messages;

    /// <summary>Starts with what surrounds every conversation.</summary>
    public void StartExample() => Start(PerExample);

    /// <summary>Starts at nothing: prompt and completion are trained as they are.</summary>
    public void StartPlainExample() => Start(0);

    /// <summary>
    /// Ends a preference, whose prompt and both answers are counted by now. How it is billed is not published: the prompt counts once, or
    /// once with each answer.
    /// </summary>
    public void EndPreference(Interval<long> prompt, Interval<long> throughPreferred)
    {
        Interval<long> other = new(prompt.Low + Total.Low - throughPreferred.Low, prompt.High + Total.High - throughPreferred.High);
        Sides = new PreferenceSides(prompt, throughPreferred, other);
        Total = new Interval<long>(Total.Low, Total.High + prompt.High);
    }

    /// <summary>What of it is trained on where a sequence has no room for more.</summary>
    public Interval<long> Within(long context) => new(
        Math.Min(Total.Low, context),
        Sides is { } sides ? Math.Min(sides.Preferred.High, context) + Math.Min(sides.Other.High, context) : Math.Min(Total.High, context));

    /// <summary>What is added from here on belongs to this message.</summary>
    public void StartMessage(JsonValue message, ChatRole role) => _messages.Add(new MessageTokens(message, role, Total));

    /// <summary>The tokens up to the end of a message, those of all before it included.</summary>
    public Interval<long> ThroughMessage(int index) => index + 1 < _messages.Count ? _messages[index + 1].Before : Total;

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

    public int Count(ReadOnlySpan<byte> text) => encoding?.Count(text) ?? 0;

    public void Add(int low, int high) => Total = new Interval<long>(Total.Low + low, Total.High + high);

    private void Start(int tokens)
    {
        _messages.Clear();
        Sides = null;
        Total = new Interval<long>(tokens, tokens);
    }
}
