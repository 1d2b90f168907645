using System.Runtime.InteropServices;
using System.Text.Json;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats;
using FineTune.Datasets.Formats.Chat;
using FineTune.Datasets.Formats.Completion;
using FineTune.Datasets.Formats.Preference;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Moderation;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Secrets;

namespace FineTune.Datasets;

/// <summary>
/// Takes examples one by one: tells their format, has them judged by it, counts their tokens, looks for secrets and risky
/// phrases and notes down what they are recognised by.
/// </summary>
internal sealed class ExampleInspection(CheckContext context, FineTuneSpec spec, Grader? grader)
{
    private readonly DatasetFormat _wanted = FormatDetection.Wanted(spec, context.Model);
    private readonly ContextChecks _contextChecks = new(context.Problems, context.Totals.Statistics, context.Model);
    private readonly SecretChecks _secrets = new(context.Problems);
    private readonly PhraseChecks _phrases = new(context.Problems, spec.Method);
    private readonly List<ExampleMark> _marks = [];
    private ExampleFormat? _format;

    /// <summary>Of the first example that has a known one.</summary>
    public DatasetFormat? Format { get; set; }

    /// <summary>The examples taken since the last <see cref="Clear"/>, to be compared with all others.</summary>
    public ReadOnlySpan<ExampleMark> Marks => CollectionsMarshal.AsSpan(_marks);

    public void Clear() => _marks.Clear();

    public void Take(JsonLine line)
    {
        var example = line.Root;
        context.Totals.Examples++;
        context.Sketcher.Start();
        ulong prompt = IsOfFormat(example, FormatDetection.Of(example)) ? Judge(example) : 0;
        JudgeTexts(line);
        _marks.Add(new ExampleMark(line.Line, example.Start, example.Fingerprint, prompt, context.Sketcher.End()));
    }

    /// <returns>The fingerprint of what is asked.</returns>
    private ulong Judge(JsonValue example)
    {
        _format ??= NewFormat();
        context.Tokens.StartExample();
        _format.Judge(example);
        context.Totals.Tokens.Add(example.Line.Line.Number, context.Tokens);
        context.Totals.Statistics.Take(context.Tokens);
        _contextChecks.Judge(example, context.Tokens);
        return _format.PromptOf(example);
    }

    /// <summary>Looks through all there is, wherever it stands, but for base64, which may look like anything.</summary>
    private void JudgeTexts(JsonLine line)
    {
        _phrases.StartExample();
        for (int index = 0; index < line.Count; index++)
        {
            if (line[index].Kind == JsonTokenType.String && line[index].TextLength >= SecretChecks.ShortestText
                && new JsonValue(line, index) is var value && !value.Text.StartsWith("data:"u8))
            {
                _secrets.Judge(value);
                _phrases.Judge(value);
            }
        }
    }

    private ExampleFormat NewFormat() => (_wanted, spec.Method) switch
    {
        (DatasetFormat.Preference, _) => new PreferenceFormat(context),
        (DatasetFormat.Completion, _) => new CompletionFormat(context),
        (_, TrainingMethod.Reinforcement) => new ReinforcementFormat(context, grader),
        _ => new ChatFormat(context),
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
            context.Problems.Add(
                DatasetWideRules.MixedFormats, example, FormatDetection.NameOf(format.Value), FormatDetection.NameOf(Format.Value));
        }
        else if (isFirst && format != _wanted)
        {
            string trainedAs = spec.Method == TrainingMethod.Supervised ? spec.Model : $"the method {TrainingMethods.WordFor(spec.Method)}";
            context.Problems.Add(
                DatasetWideRules.WrongFormat, example, FormatDetection.NameOf(format.Value), trainedAs, FormatDetection.NameOf(_wanted));
        }

        return format == _wanted;
    }
}
