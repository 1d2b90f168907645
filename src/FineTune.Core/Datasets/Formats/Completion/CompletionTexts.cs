using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Completion;

/// <summary>What all prompts, or all completions, of a dataset have in common.</summary>
internal sealed class CompletionTexts
{
    private readonly Sameness _sameness = new();
    private readonly EndingElsewhere _elsewhere = new();
    private long _capitals;
    private long _small;

    public CommonEnding Ending { get; } = new();

    public CommonStart Start { get; } = new();

    public bool AreAllSame => _sameness.IsSame;

    /// <summary>The first line with a text in which the common ending also stands elsewhere; 0 when there is none.</summary>
    public int EndingElsewhereInLine => _elsewhere.LineFor(Ending.Length);

    /// <summary>More than a third of the letters, as prepare_data counts them.</summary>
    public bool AreMostlyCapitals => _capitals * 2 > _small;

    public void Clear()
    {
        (_capitals, _small) = (0, 0);
        _sameness.Clear();
        _elsewhere.Clear();
        Ending.Clear();
        Start.Clear();
    }

    public void Take(ReadOnlySpan<byte> text, int line)
    {
        _sameness.Take(Fingerprint.Of(text), line);
        Ending.Take(text);
        _elsewhere.Take(text, Ending.Length, line);
        Start.Take(text);
        foreach (byte letter in text)
        {
            _capitals += char.IsAsciiLetterUpper((char)letter) ? 1 : 0;
            _small += char.IsAsciiLetterLower((char)letter) ? 1 : 0;
        }
    }

    /// <summary>Takes all the texts another has seen, in later lines.</summary>
    public void Add(CompletionTexts later)
    {
        _sameness.Add(later._sameness);
        Ending.Add(later.Ending);
        _elsewhere.Add(later._elsewhere);
        Start.Add(later.Start);
        (_capitals, _small) = (_capitals + later._capitals, _small + later._small);
    }
}
