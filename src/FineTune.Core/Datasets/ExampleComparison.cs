using FineTune.Datasets.Rules;
using FineTune.Datasets.Similarity;

namespace FineTune.Datasets;

/// <summary>Compares each example with all before it, and a validation example with the training dataset. In the order of the lines.</summary>
internal sealed class ExampleComparison(ProblemLog problems, ExampleIndex seen, ExampleIndex? training)
{
    // What these need of the tables stays in the processor's cache until it is used.
    private const int FetchedAtOnce = 256;

    // Read by nobody; the reads themselves must not be optimised away.
    private ulong _fetched;

    /// <summary>
    /// Takes the next examples. Their places in the tables, which are larger than any cache, are read ahead: so memory serves many
    /// reads side by side instead of one after another.
    /// </summary>
    public void Take(ReadOnlySpan<ExampleMark> examples)
    {
        for (; !examples.IsEmpty; examples = examples[Math.Min(FetchedAtOnce, examples.Length)..])
        {
            var some = examples[..Math.Min(FetchedAtOnce, examples.Length)];
            foreach (ref readonly var example in some)
            {
                _fetched += seen.Fetch(example) + (training?.Fetch(example) ?? 0);
            }

            foreach (ref readonly var example in some)
            {
                Take(example);
            }
        }
    }

    public void EndOfFile()
    {
        if ((training is { HasLeftOut: true } ? training : seen) is { HasLeftOut: true } full)
        {
            problems.Add(DatasetWideRules.RepeatsNotSearched, field: null, full.Limit);
        }
    }

    private void Take(in ExampleMark example)
    {
        if (training is not null)
        {
            FindLeak(example, training);
        }

        FindRepeat(example);
    }

    private void FindLeak(in ExampleMark example, ExampleIndex index)
    {
        if (index.Wholes.LineOf(example.Whole) is > 0 and var leaked)
        {
            problems.Add(DatasetWideRules.Leaked, example.Line, example.At, leaked);
        }
        else if (example.Prompt != 0 && index.Prompts.LineOf(example.Prompt) is > 0 and var asked)
        {
            problems.Add(DatasetWideRules.PromptLeaked, example.Line, example.At, asked);
        }
        else if (!example.Sketch.IsEmpty && index.Sketches.Find(example.Sketch) is { Line: > 0 } near)
        {
            problems.Add(DatasetWideRules.NearlyLeaked, example.Line, example.At, near.Line, Sketch.PercentAlike(near.Shared));
        }
    }

    // Only the first that applies: the same example also has the same prompt, and the same prompt makes examples alike.
    private void FindRepeat(in ExampleMark example)
    {
        seen.HasLeftOut |= seen.IsFull;
        int number = example.Line.Number;
        if (seen.Wholes.LineOfFirst(example.Whole, number) is > 0 and var before)
        {
            problems.Add(DatasetWideRules.RepeatedExample, example.Line, example.At, before);
            return;
        }

        int asked = example.Prompt == 0 ? 0 : seen.Prompts.LineOfFirst(example.Prompt, number);
        var near = example.Sketch.IsEmpty ? default : seen.Sketches.Find(example.Sketch);
        if (asked > 0)
        {
            problems.Add(DatasetWideRules.ConflictingAnswers, example.Line, example.At, asked);
        }
        else if (near.Line > 0)
        {
            problems.Add(DatasetWideRules.NearlyRepeated, example.Line, example.At, near.Line, Sketch.PercentAlike(near.Shared));
        }

        if (!example.Sketch.IsEmpty)
        {
            seen.Sketches.Add(example.Sketch, number);
        }
    }
}
