using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Datasets;

/// <summary>One pass over one dataset: reads, hands each line on, and sums up.</summary>
internal sealed class DatasetInspection : IDisposable
{
    private const int FewestExamples = 10;
    private const int FewExamples = 50;

    private readonly string _name;
    private readonly FineTuneSpec _spec;
    private readonly DatasetRole _role;
    private readonly ModelCatalogue _catalogue;
    private readonly DateTimeOffset _now;
    private readonly InspectionLimits _limits;
    private readonly ModelFacts? _model;
    private readonly TokenEncoding? _encoding;
    private readonly ProblemLog _problems;
    private readonly LineReader _reader;
    private readonly LineInspection _lines;
    private readonly ExampleInspection _examples;
    private bool _stopped;

    public DatasetInspection(
        string name, Stream dataset, FineTuneSpec spec, DatasetRole role, ExampleIndex training, ModelCatalogue catalogue, string provider,
        DateTimeOffset now, InspectionLimits limits)
    {
        (_name, _spec, _role, _catalogue, _now, _limits) = (name, spec, role, catalogue, now, limits);
        _model = catalogue.Find(spec.Model);
        _encoding = _model is null ? ModelEncodings.Find(spec.Model) : EncodingOf(_model);
        _problems = new ProblemLog(limits.Problems);
        _reader = new LineReader(dataset, limits.LineBytes);
        _examples = role == DatasetRole.Training
            ? new ExampleInspection(_problems, spec, _model, _encoding, seen: training, training: null)
            : new ExampleInspection(_problems, spec, _model, _encoding, seen: new ExampleIndex(), training);
        _lines = new LineInspection(_problems, _examples, limits.LineBytes);
        new SpecChecks(_problems, catalogue, provider, DateOnly.FromDateTime(now.UtcDateTime)).Judge(spec, _model);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _reader.ReadHeadAsync(cancellationToken);
        if (FileHead.IsHopeless(_reader.Buffered, _problems))
        {
            _stopped = true;
            return;
        }

        SkipByteOrderMark();
        while (!_stopped)
        {
            TakeLines();
            if (_stopped || _reader.ReachedEnd)
            {
                break;
            }

            await _reader.FillAsync(cancellationToken);
        }

        JudgeWhole();
    }

    public DatasetReport Report()
    {
        var epochs = EpochEstimate.Of(_examples.Count, _spec.Hyperparameters.Epochs);
        var tokens = _encoding is null ? null : _examples.Tokens.Totals(epochs, _role);
        return new DatasetReport
        {
            Dataset = _name,
            Role = _role,
            InspectedAt = _now,
            IsTrainable = !_problems.HasErrors,
            Sha256 = _stopped ? null : _reader.Sha256(),
            Bytes = _reader.BytesRead,
            Lines = _lines.Count,
            Examples = _examples.Count,
            Messages = _examples.Messages,
            Format = _examples.Format,
            Model = _spec.Model,
            Method = _spec.Method,
            ModelFacts = _model,
            Tokens = tokens,
            Epochs = epochs,
            Price = tokens is null ? null : PriceEstimate.Of(tokens.Billed, _model, _catalogue),
            Problems = _problems.Kept,
            ProblemCounts = _problems.Counts,
            ProblemsLeftOut = _problems.LeftOut,
        };
    }

    public void Dispose() => _reader.Dispose();

    private static TokenEncoding? EncodingOf(ModelFacts model) => model.Encoding switch
    {
        "o200k_base" => TokenEncoding.O200kBase,
        "cl100k_base" => TokenEncoding.Cl100kBase,
        _ => null,
    };

    private void SkipByteOrderMark()
    {
        if (FileHead.HasByteOrderMark(_reader.Buffered))
        {
            _problems.Add(FileRules.ByteOrderMark, field: null);
            _reader.Drop(FileHead.ByteOrderMarkLength);
        }
    }

    private void TakeLines()
    {
        while (!_stopped && _reader.TryTake(out var line))
        {
            _lines.Take(line);
            StopIf(_lines.Count >= _limits.Lines, "the file has too many lines");
            StopIf(_lines.Broken >= _limits.BrokenLines, "too many lines are no JSON");
        }

        StopIf(_reader.SkippedOfLine > _limits.SkippedBytes, "the line does not end");
    }

    private void StopIf(bool condition, string reason)
    {
        if (condition && !_stopped)
        {
            _problems.Add(FileRules.ReadingStopped, field: null, _lines.Count, reason);
            _stopped = true;
        }
    }

    private void JudgeWhole()
    {
        if (!_stopped)
        {
            _lines.EndOfFile();
            _examples.EndOfFile();
        }

        if (_reader.BytesRead > _limits.FileBytes)
        {
            _problems.Add(FileRules.TooLarge, field: null, _reader.BytesRead, _limits.FileBytes);
        }

        if (!_stopped && !_lines.IsOneDocument)
        {
            JudgeSize();
        }
    }

    private void JudgeSize()
    {
        // A line that is no JSON is an example yet to be mended.
        int examples = _examples.Count + _lines.Broken;
        if (_lines.AreAllBlank)
        {
            _problems.Add(FileRules.Empty, field: null);
        }
        else if (_role == DatasetRole.Training && examples < FewestExamples)
        {
            _problems.Add(DatasetWideRules.TooFewExamples, field: null, examples);
        }
        else if (_role == DatasetRole.Training && examples < FewExamples)
        {
            _problems.Add(DatasetWideRules.FewExamples, field: null, examples);
        }
    }
}
