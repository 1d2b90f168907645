using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Completion;

/// <summary>What all prompts, or all completions, of a dataset have in common.</summary>
internal sealed class CompletionTexts
{
    private long _capitals;
    private long _small;
    private ulong _first;
    private bool _differ;

    public CommonEnding Ending { get; } = new();

    public CommonStart Start { get; } = new();

    public bool AreAllSame => Ending.Count > 1 && !_differ;

    /// <summary>More than a third of the letters, as prepare_data counts them.</summary>
    public bool AreMostlyCapitals => _capitals * 2 > _small;

    public void Clear()
    {
        (_capitals, _small, _first, _differ) = (0, 0, 0, false);
        Ending.Clear();
        Start.Clear();
    }

    public void Take(ReadOnlySpan<byte> text)
    {
        Compare(Fingerprint.Of(text), differ: false);
        Ending.Take(text);
        Start.Take(text);
        foreach (byte letter in text)
        {
            _capitals += char.IsAsciiLetterUpper((char)letter) ? 1 : 0;
            _small += char.IsAsciiLetterLower((char)letter) ? 1 : 0;
        }
    }

    /// <summary>Takes all the texts another has seen.</summary>
    public void Add(CompletionTexts other)
    {
        if (other.Ending.Count > 0)
        {
            Compare(other._first, other._differ);
            Ending.Add(other.Ending);
            Start.Add(other.Start);
            (_capitals, _small) = (_capitals + other._capitals, _small + other._small);
        }
    }

    private void Compare(ulong text, bool differ)
    {
        _first = Ending.Count == 0 ? text : _first;
        _differ |= differ || text != _first;
    }
}
