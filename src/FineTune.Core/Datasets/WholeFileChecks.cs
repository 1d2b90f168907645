using FineTune.Datasets.Formats.Completion;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>Judges the dataset as a whole, once all its lines are read.</summary>
internal sealed class WholeFileChecks(ProblemLog problems, InspectionTotals totals, DatasetRole role, TrainingMethod method)
{
    private const int FewestExamples = 10;
    private const int FewExamples = 50;
    private const int MostWithImages = 50_000;
    private const int MostForReinforcement = 50_000;
    private const int MostToValidateReinforcement = 1_000;
    private const int LongestStartOfPrompts = 12;
    private const int LongestStartOfCompletions = 4;

    /// <param name="isComplete">Whether the file was read to its end.</param>
    public void Judge(long bytes, long mostBytes, in InspectionState state, bool isComplete)
    {
        if (bytes > mostBytes)
        {
            problems.Add(FileRules.TooLarge, field: null, bytes, mostBytes);
        }

        if (isComplete && !state.Document.IsReported)
        {
            JudgeExamples(areAllBlank: state.BlankLines == totals.Lines);
        }
    }

    private void JudgeExamples(bool areAllBlank)
    {
        if (areAllBlank)
        {
            problems.Add(FileRules.Empty, field: null);
            return;
        }

        JudgeFewest();
        JudgeMost();
        if (totals.Prompts.Ending.IsMissing)
        {
            problems.Add(CompletionRules.NoSeparator, field: null);
        }

        if (totals.Completions.Ending.IsMissing)
        {
            problems.Add(CompletionRules.NoStop, field: null);
        }

        JudgeTexts(totals.Prompts, "prompts", LongestStartOfPrompts);
        JudgeTexts(totals.Completions, "completions", LongestStartOfCompletions);
        var (conversations, withoutSystem) = totals.Conversations;
        if (withoutSystem > 0 && withoutSystem < conversations)
        {
            problems.Add(DatasetWideRules.SystemSometimesMissing, field: null, withoutSystem, conversations);
        }
    }

    private void JudgeTexts(CompletionTexts texts, string name, int longestStart)
    {
        if (texts.AreAllSame)
        {
            problems.Add(CompletionRules.AllSame, field: null, name);
        }
        else if (texts.Ending.Count > 1 && texts.Start.Length > longestStart)
        {
            problems.Add(CompletionRules.SameStart, field: null, name, texts.Start.Length);
        }

        if (texts.AreMostlyCapitals)
        {
            problems.Add(CompletionRules.Capitals, field: null, name);
        }
    }

    private void JudgeFewest()
    {
        // A line that is no JSON is an example yet to be mended.
        int examples = totals.Examples + totals.Broken;
        if (role == DatasetRole.Training && examples < FewestExamples)
        {
            problems.Add(DatasetWideRules.TooFewExamples, field: null, examples);
        }
        else if (role == DatasetRole.Training && examples < FewExamples)
        {
            problems.Add(DatasetWideRules.FewExamples, field: null, examples);
        }
    }

    private void JudgeMost()
    {
        int most = role == DatasetRole.Training ? MostForReinforcement : MostToValidateReinforcement;
        if (method == TrainingMethod.Reinforcement && totals.Examples > most)
        {
            problems.Add(ReinforcementRules.TooManyExamples, field: null, totals.Examples, most);
        }

        if (totals.WithImages > MostWithImages)
        {
            problems.Add(PartRules.TooManyWithImages, field: null, totals.WithImages, MostWithImages);
        }
    }
}
