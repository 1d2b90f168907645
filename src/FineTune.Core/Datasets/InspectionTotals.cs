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

    /// <summary>The first system message of each conversation that has one.</summary>
    public Sameness SystemMessages { get; } = new();

    /// <summary>The keys a reinforcement example has for its grader.</summary>
    public Sameness GraderKeys { get; } = new();

    /// <summary>What stands under these keys.</summary>
    public Sameness GraderValues { get; } = new();

    public CompletionTexts Prompts { get; } = new();

    public CompletionTexts Completions { get; } = new();

    public void Clear()
    {
        (Lines, Broken, Examples, Messages, WithImages, Conversations) = (0, 0, 0, 0, 0, (0, 0));
        Tokens.Clear();
        Statistics.Clear();
        SystemMessages.Clear();
        GraderKeys.Clear();
        GraderValues.Clear();
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
        SystemMessages.Add(batch.SystemMessages);
        GraderKeys.Add(batch.GraderKeys);
        GraderValues.Add(batch.GraderValues);
        Prompts.Add(batch.Prompts);
        Completions.Add(batch.Completions);
    }
}
