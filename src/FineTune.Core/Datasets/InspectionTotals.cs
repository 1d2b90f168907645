using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats.Completion;

namespace FineTune.Datasets;

/// <summary>What an inspection adds up: of a batch of lines, or of the whole dataset once all its batches are added.</summary>
internal sealed class InspectionTotals(ModelFacts? model)
{
    public int Lines { get; set; }

    /// <summary>Lines that are no JSON.</summary>
    public int Broken { get; set; }

    public int Examples { get; set; }

    public long Messages { get; set; }

    /// <summary>Examples with at least one image.</summary>
    public int WithImages { get; set; }

    public TokenTally Tokens { get; } = new(model);

    public StatisticsTally Statistics { get; } = new();

    public CommonEnding Prompts { get; } = new();

    public CommonEnding Completions { get; } = new();

    public void Clear()
    {
        (Lines, Broken, Examples, Messages, WithImages) = (0, 0, 0, 0, 0);
        Tokens.Clear();
        Statistics.Clear();
        Prompts.Clear();
        Completions.Clear();
    }

    public void Add(InspectionTotals batch)
    {
        Lines += batch.Lines;
        Broken += batch.Broken;
        Examples += batch.Examples;
        Messages += batch.Messages;
        WithImages += batch.WithImages;
        Tokens.Add(batch.Tokens);
        Statistics.Add(batch.Statistics);
        Prompts.Add(batch.Prompts);
        Completions.Add(batch.Completions);
    }
}
