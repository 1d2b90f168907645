using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Formats.Completion;
using FineTune.Datasets.Formats.Preference;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Datasets;

/// <summary>Takes examples one by one: tells their format, has them judged by it, counts their tokens and finds repeats.</summary>
internal sealed class ExampleInspection(
    ProblemLog problems, FineTuneSpec spec, ModelFacts? model, TokenEncoding? encoding, ExampleIndex seen, ExampleIndex? training)
{
    private readonly DatasetFormat _wanted = FormatDetection.Wanted(spec, model);
    private readonly ExampleTokens _tokens = new(encoding);
    private ExampleFormat? _format;
    private bool _comparedAll = true;

    public TokenTally Tokens { get; } = new(problems, model);

    public int Count { get; private set; }

    public long Messages => _format?.Messages ?? 0;

    /// <summary>Of the first example that has a known one.</summary>
    public DatasetFormat? Format { get; private set; }

    public void Take(JsonLine line)
    {
        Count++;
        FindRepeat(line);
        var format = FormatDetection.Of(line.Root);
        if (IsOfFormat(line.Root, format))
        {
            Judge(line.Root);
        }
    }

    public void EndOfFile()
    {
        _format?.EndOfFile();
        if (!_comparedAll)
        {
            problems.Add(DatasetWideRules.RepeatsNotSearched, field: null, seen.Limit);
        }
    }

    private void Judge(JsonValue example)
    {
        _format ??= NewFormat();
        _tokens.StartExample();
        _format.Judge(example);
        Tokens.Add(example, _tokens.Total);
    }

    private ExampleFormat NewFormat() => _wanted switch
    {
        DatasetFormat.Preference => new PreferenceFormat(problems, _tokens, model),
        DatasetFormat.Completion => new CompletionFormat(problems, _tokens),
        _ => new ChatFormat(problems, _tokens, model),
    };

    private bool IsOfFormat(JsonValue example, DatasetFormat? format)
    {
        if (format is null)
        {
            return true;
        }

        bool isFirst = Format is null;
        Format ??= format;
        if (format != Format)
        {
            problems.Add(DatasetWideRules.MixedFormats, example, FormatDetection.NameOf(format.Value), FormatDetection.NameOf(Format.Value));
        }
        else if (isFirst && format != _wanted)
        {
            string trainedAs = spec.Method == TrainingMethod.Preference ? "the method dpo" : spec.Model;
            problems.Add(
                DatasetWideRules.WrongFormat, example, FormatDetection.NameOf(format.Value), trainedAs, FormatDetection.NameOf(_wanted));
        }

        return format == _wanted;
    }

    private void FindRepeat(JsonLine line)
    {
        ulong fingerprint = line.Root.Fingerprint;
        if (seen.LineOfFirst(fingerprint, line.Line.Number) is > 0 and var before)
        {
            problems.Add(DatasetWideRules.RepeatedExample, line.Root, before);
        }
        else
        {
            _comparedAll &= !seen.IsFull;
        }

        if (training?.LineOf(fingerprint) is > 0 and var leaked)
        {
            problems.Add(DatasetWideRules.Leaked, line.Root, leaked);
        }
    }
}
