using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Reading;
using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;
using FineTune.Tokens;

namespace FineTune.Datasets;

/// <summary>
/// Inspects one batch of lines after another, each on its own, so that several of these can work side by side. All buffers are reused.
/// </summary>
internal sealed class BatchInspection : IDisposable
{
    private readonly LineInspection _lines;
    private readonly ExampleInspection _examples;

    public BatchInspection(
        ProblemLog problems, FineTuneSpec spec, Catalogue.ModelFacts? model, TokenEncoding? encoding, Grader? grader, int maxLineBytes, int mostImages)
    {
        Problems = problems;
        Totals = new InspectionTotals(model);
        Lines = new LineBatch { MaxLineBytes = maxLineBytes };
        _examples = new ExampleInspection(
            new CheckContext(problems, Totals, new ExampleTokens(encoding), new TextSketcher(), model, mostImages), spec, grader);
        _lines = new LineInspection(problems, Totals, _examples, maxLineBytes);
    }

    public LineBatch Lines { get; }

    public ProblemLog Problems { get; }

    public InspectionTotals Totals { get; }

    /// <summary>The batch's examples, to be compared with all others.</summary>
    public ReadOnlySpan<ExampleMark> Examples => _examples.Marks;

    /// <summary>The state the lines were judged from.</summary>
    public InspectionState Before { get; private set; }

    /// <summary>The state they leave.</summary>
    public InspectionState After => _lines.State;

    /// <summary>Inspects the batch's lines, forgetting what was found before.</summary>
    /// <param name="state">What the first line's verdict owes to those before it.</param>
    /// <param name="mostLines">Lines after which to stop.</param>
    /// <param name="mostBroken">Lines that are no JSON after which to stop.</param>
    public void Run(in InspectionState state, int mostLines, int mostBroken)
    {
        Problems.Clear();
        Totals.Clear();
        _examples.Clear();
        Lines.Rewind();
        Before = _lines.State = state;
        while (Totals.Lines < mostLines && Totals.Broken < mostBroken && Lines.TryTake(out var line))
        {
            _lines.Take(line);
        }
    }

    /// <summary>Reports what only the end of the file decides.</summary>
    public void EndOfFile(in InspectionState state)
    {
        Problems.Clear();
        _lines.State = state;
        _lines.EndOfFile();
    }

    public void Dispose() => Lines.Dispose();
}
