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

    /// <summary>Chat examples, and those of them without a system message.</summary>
    public (int All, int WithoutSystem) Conversations { get; set; }

    public CompletionTexts Prompts { get; } = new();

    public CompletionTexts Completions { get; } = new();

    public void Clear()
    {
        (Lines, Broken, Examples, Messages, WithImages, Conversations) = (0, 0, 0, 0, 0, (0, 0));
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
        Conversations = (Conversations.All + batch.Conversations.All, Conversations.WithoutSystem + batch.Conversations.WithoutSystem);
        Tokens.Add(batch.Tokens);
        Statistics.Add(batch.Statistics);
        Prompts.Add(batch.Prompts);
        Completions.Add(batch.Completions);
    }
}
