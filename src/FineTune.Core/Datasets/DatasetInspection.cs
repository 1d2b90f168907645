using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Reports;
using FineTune.Datasets.Rules;
using FineTune.Tokens;

namespace FineTune.Datasets;

/// <summary>One pass over one dataset: takes the inspected batches in their order, compares the examples, and sums up.</summary>
internal sealed class DatasetInspection : IDisposable
{
    private const int MostImages = 10;
    private const int MostImagesAtAzure = 64;

    private readonly string _name;
    private readonly FineTuneSpec _spec;
    private readonly DatasetRole _role;
    private readonly ModelCatalogue _catalogue;
    private readonly DateTimeOffset _now;
    private readonly InspectionLimits _limits;
    private readonly Grader? _grader;
    private readonly string _provider;
    private readonly int _mostImages;
    private readonly ModelFacts? _model;
    private readonly TokenEncoding? _encoding;
    private readonly ProblemLog _problems;
    private readonly InspectionTotals _totals;
    private readonly LineBatchReader _reader;
    private readonly ExampleComparison _comparison;
    private InspectionState _state;
    private bool _stopped;

    public DatasetInspection(
        string name, Stream dataset, FineTuneSpec spec, DatasetRole role, ExampleIndex training, ModelCatalogue catalogue, string provider,
        DateTimeOffset now, InspectionLimits limits, Grader? grader)
    {
        (_name, _spec, _role, _catalogue, _provider, _now, _limits, _grader) = (name, spec, role, catalogue, provider, now, limits, grader);
        _mostImages = provider == ProviderName.Azure ? MostImagesAtAzure : MostImages;
        _model = catalogue.Find(spec.Model);
        _encoding = _model is null ? ModelEncodings.Find(spec.Model) : EncodingOf(_model);
        _problems = new ProblemLog(limits.Problems);
        _totals = new InspectionTotals(_model);
        _reader = new LineBatchReader(dataset, limits.LineBytes, limits.SkippedBytes);
        _comparison = role == DatasetRole.Training
            ? new ExampleComparison(_problems, seen: training, training: null)
            : new ExampleComparison(_problems, seen: new ExampleIndex(), training);
        new SpecChecks(_problems, catalogue, provider, DateOnly.FromDateTime(now.UtcDateTime)).Judge(spec, _model, grader);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            _problems.Add(FileRules.NameNotJsonl, field: null);
        }

        var head = await _reader.ReadHeadAsync(cancellationToken);
        if (FileHead.IsHopeless(head.Span, _problems))
        {
            _stopped = true;
            return;
        }

        if (FileHead.HasByteOrderMark(head.Span))
        {
            _problems.Add(FileRules.ByteOrderMark, field: null);
            _reader.Drop(FileHead.ByteOrderMarkLength);
        }

        await using var pipeline = new BatchPipeline(_reader, NewBatch, _limits.Workers);
        await pipeline.RunAsync(_state, Take, cancellationToken);
        StopIf(_reader.GaveUp, "the line does not end");
        EndOfFile();
    }

    public DatasetReport Report()
    {
        var epochs = EpochEstimate.Of(_totals.Examples, _spec.Hyperparameters.Epochs);
        var tokens = _encoding is null || _totals.Tokens.IsEmpty ? null : _totals.Tokens.Totals(epochs, _role);
        return new DatasetReport
        {
            Dataset = _name,
            Role = _role,
            InspectedAt = _now,
            IsTrainable = !_problems.HasErrors,
            Sha256 = _stopped ? null : _reader.Sha256(),
            Bytes = _reader.BytesRead,
            Lines = _totals.Lines,
            Examples = _totals.Examples,
            Messages = _totals.Messages,
            Format = _state.Format,
            Model = _spec.Model,
            Method = _spec.Method,
            ModelFacts = _model,
            Tokens = tokens,
            Epochs = epochs,
            Price = tokens is null ? null : PriceEstimate.Of(tokens.Billed, _model, _catalogue),
            Statistics = _totals.Statistics.Totals(areTokensKnown: _encoding is not null),
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

    private BatchInspection NewBatch() => new(_problems.ForBatch(), _spec, _model, _encoding, _grader, _limits.LineBytes, _mostImages);

    private InspectionState? Take(BatchInspection batch)
    {
        int mostLines = _limits.Lines - _totals.Lines;
        int mostBroken = _limits.BrokenLines - _totals.Broken;
        bool isLast = batch.Totals.Lines >= mostLines || batch.Totals.Broken >= mostBroken;
        if (isLast || batch.Before != _state)
        {
            batch.Run(_state, mostLines, mostBroken);
        }

        _problems.Add(batch.Problems);
        _totals.Add(batch.Totals);
        _comparison.Take(batch.Examples);
        _state = batch.After;
        StopIf(_totals.Lines >= _limits.Lines, "the file has too many lines");
        StopIf(_totals.Broken >= _limits.BrokenLines, "too many lines are no JSON");
        return _stopped ? null : _state;
    }

    private void StopIf(bool condition, string reason)
    {
        if (condition && !_stopped)
        {
            _problems.Add(FileRules.ReadingStopped, field: null, _totals.Lines, reason);
            _stopped = true;
        }
    }

    private void EndOfFile()
    {
        if (!_stopped)
        {
            using var end = NewBatch();
            end.EndOfFile(_state);
            _problems.Add(end.Problems);
            _comparison.EndOfFile();
        }

        new WholeFileChecks(_problems, _totals, _role, _spec, _provider, _limits).Judge(_reader.BytesRead, _state, isComplete: !_stopped);
    }
}
