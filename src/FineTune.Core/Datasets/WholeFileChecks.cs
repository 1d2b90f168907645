using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Datasets.Formats.Completion;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>Judges the dataset as a whole, once all its lines are read.</summary>
internal sealed class WholeFileChecks(
    ProblemLog problems, InspectionTotals totals, DatasetRole role, FineTuneSpec spec, string provider, InspectionLimits limits)
{
    private const int FewestExamples = 10;
    private const int FewExamples = 50;
    private const int MostWithImages = 50_000;
    private const int MostForReinforcement = 50_000;
    private const int MostToValidateReinforcement = 1_000;
    private const int FewPreferences = 500;
    private const int EpochsOfFewPreferences = 2;
    private const int LongestSeparator = 10;
    private const int LongestStartOfPrompts = 12;
    private const int LongestStartOfCompletions = 4;

    /// <param name="isComplete">Whether the file was read to its end.</param>
    public void Judge(long bytes, in InspectionState state, bool isComplete)
    {
        Require(bytes <= limits.FileBytes, FileRules.TooLarge, bytes, limits.FileBytes);
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
        JudgeEpochs(EpochEstimate.Of(totals.Examples, spec.Hyperparameters.Epochs));
        JudgeMarks();
        JudgeTexts(totals.Prompts, "prompts", LongestStartOfPrompts);
        JudgeTexts(totals.Completions, "completions", LongestStartOfCompletions);
        JudgeSystem();
        JudgeGraderKeys();
    }

    /// <summary>What tells a completion model where a prompt ends, and where its own answer does.</summary>
    private void JudgeMarks()
    {
        var (prompts, completions) = (totals.Prompts, totals.Completions);
        Require(!prompts.Ending.IsMissing, CompletionRules.NoSeparator);
        Require(!completions.Ending.IsMissing, CompletionRules.NoStop);
        if (!prompts.AreAllSame && prompts.Ending.Count > 1)
        {
            Require(prompts.Ending.Length <= LongestSeparator, CompletionRules.SeparatorLong, prompts.Ending.Length);
            Require(prompts.EndingElsewhereInLine == 0, CompletionRules.SeparatorInside, prompts.Ending.Length, prompts.EndingElsewhereInLine);
        }

        if (!completions.AreAllSame && completions.Ending.Count > 1)
        {
            Require(completions.EndingElsewhereInLine == 0, CompletionRules.StopInside, completions.Ending.Length, completions.EndingElsewhereInLine);
        }
    }

    private void JudgeSystem()
    {
        var (conversations, withoutSystem) = totals.Conversations;
        Require(withoutSystem == 0 || withoutSystem == conversations, DatasetWideRules.SystemSometimesMissing, withoutSystem, conversations);
        Require(totals.SystemMessages.DiffersInLine == 0, DatasetWideRules.SystemDiffers, totals.SystemMessages.DiffersInLine);
    }

    private void JudgeGraderKeys()
    {
        // Where the grader names its keys, every line that lacks one says so.
        Require(totals.GraderKeys.DiffersInLine == 0 || problems.CountOf(ReinforcementRules.FieldMissing) > 0, ReinforcementRules.KeysDiffer, totals.GraderKeys.DiffersInLine);
        Require(!totals.GraderValues.IsSame, ReinforcementRules.ValuesSame);
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
        if (spec.Method == TrainingMethod.Reinforcement && totals.Examples > most)
        {
            problems.Add(ReinforcementRules.TooManyExamples, field: null, totals.Examples, most);
        }

        if (totals.WithImages > MostWithImages)
        {
            problems.Add(PartRules.TooManyWithImages, field: null, totals.WithImages, MostWithImages);
        }

        Require(totals.WithImages == 0, PartRules.ImagesUnseen, totals.WithImages);
    }

    private void JudgeEpochs(Interval<int> epochs)
    {
        bool areFew = spec.Method == TrainingMethod.Preference && role == DatasetRole.Training && totals.Examples < FewPreferences;
        Require(!areFew || epochs.High <= EpochsOfFewPreferences, PreferenceRules.ManyEpochs, totals.Examples, epochs.High);
        var trained = totals.Tokens.Totals(epochs, role).Billed;
        if (provider == ProviderName.Azure && trained.High > limits.TokensOfAzure)
        {
            bool isSure = trained.Low > limits.TokensOfAzure;
            problems.Add(
                isSure ? DatasetWideRules.TooManyTokens : DatasetWideRules.MaybeTooManyTokens, field: null,
                isSure ? trained.Low : trained.High, limits.TokensOfAzure);
        }
    }

    private void Require(bool isRight, DatasetRule rule, params ReadOnlySpan<object?> particulars)
    {
        if (!isRight)
        {
            problems.Add(rule, field: null, particulars);
        }
    }
}
