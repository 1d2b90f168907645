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
        if (totals.Prompts.IsMissing)
        {
            problems.Add(CompletionRules.NoSeparator, field: null);
        }

        if (totals.Completions.IsMissing)
        {
            problems.Add(CompletionRules.NoStop, field: null);
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
