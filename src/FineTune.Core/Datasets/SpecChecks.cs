using FineTune.Catalogue;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Datasets.Rules;

namespace FineTune.Datasets;

/// <summary>Judges the settings a dataset is to be trained with, before a byte is read.</summary>
internal sealed class SpecChecks(ProblemLog problems, ModelCatalogue catalogue, string provider, DateOnly today)
{
    private const int LongestSuffix = 40;
    private const int DaysOfWarning = 180;

    private readonly string _providerName = provider switch
    {
        ProviderName.OpenAi => "OpenAI",
        ProviderName.Azure => "Azure OpenAI",
        _ => provider,
    };

    public void Judge(FineTuneSpec spec, ModelFacts? model, Grader? grader)
    {
        if (model is null)
        {
            problems.Add(SpecRules.UnknownModel, "model", catalogue.AsOf.ToString("yyyy-MM-dd"));
        }
        else
        {
            JudgeMethod(spec, model);
            JudgeDates(model, model.Providers.GetValueOrDefault(provider) ?? new ModelDates());
        }

        JudgeHyperparameters(spec.Hyperparameters, spec.Method);
        Require(spec.Suffix is null or { Length: >= 1 and <= LongestSuffix }, SpecRules.SuffixWrong, "suffix", spec.Suffix?.Length);
        Require(spec.Seed >= 0, SpecRules.SeedOutOfRange, "seed", spec.Seed);
        if (spec.Method == TrainingMethod.Reinforcement)
        {
            JudgeReinforcement(spec, grader);
        }
        else
        {
            ForbidReinforcement(spec.Hyperparameters, grader);
        }
    }

    private void JudgeMethod(FineTuneSpec spec, ModelFacts model)
    {
        string method = TrainingMethods.WordFor(spec.Method);
        Require(
            model.Methods.Contains(method), SpecRules.MethodNotOffered, "method", model.Name, method, string.Join(", ", model.Methods));
    }

    private void JudgeDates(ModelFacts model, ModelDates dates)
    {
        if (dates.TrainingCloses <= today)
        {
            problems.Add(SpecRules.ModelClosed, "model", model.Name, _providerName, dates.TrainingCloses);
            return;
        }

        var soon = today.AddDays(DaysOfWarning);
        Require(!(dates.TrainingCloses <= soon), SpecRules.ModelClosing, "model", model.Name, _providerName, dates.TrainingCloses);
        Require(!(dates.Retires <= soon), SpecRules.ModelRetiring, "model", model.Name, _providerName, dates.Retires);
    }

    private void JudgeHyperparameters(Hyperparameters values, TrainingMethod method)
    {
        Require(values.Epochs is null or (>= 1 and <= 50), SpecRules.EpochsOutOfRange, "hyperparameters.epochs", values.Epochs);
        Require(values.BatchSize is null or (>= 1 and <= 256), SpecRules.BatchSizeOutOfRange, "hyperparameters.batchSize", values.BatchSize);
        Require(
            values.LearningRateMultiplier is null or (> 0 and < double.PositiveInfinity),
            SpecRules.LearningRateOutOfRange, "hyperparameters.learningRateMultiplier", values.LearningRateMultiplier);
        Require(values.Beta is null or (> 0 and <= 2), SpecRules.BetaOutOfRange, "hyperparameters.beta", values.Beta);
        Require(values.Beta is null || method == TrainingMethod.Preference, SpecRules.BetaWithoutPreference, "hyperparameters.beta");
    }

    private void JudgeReinforcement(FineTuneSpec spec, Grader? grader)
    {
        var values = spec.Hyperparameters;
        Require(grader is not null, ReinforcementRules.NoGrader, "method");
        grader?.Judge(problems);
        Require(spec.ValidationDataset is not null, ReinforcementRules.NoValidation, "validationDataset");
        Require(
            values.ReasoningEffort is null or "default" or "low" or "medium" or "high",
            ReinforcementRules.ReasoningEffortWrong, "hyperparameters.reasoningEffort");
        Require(
            values.ComputeMultiplier is null or (> 0.00001 and <= 10),
            ReinforcementRules.ComputeMultiplierOutOfRange, "hyperparameters.computeMultiplier", values.ComputeMultiplier);
        Require(
            values.EvalInterval is null or >= 1,
            ReinforcementRules.EvaluationOutOfRange, "hyperparameters.evalInterval", "eval_interval", values.EvalInterval);
        Require(
            values.EvalSamples is null or >= 1,
            ReinforcementRules.EvaluationOutOfRange, "hyperparameters.evalSamples", "eval_samples", values.EvalSamples);
    }

    private void ForbidReinforcement(Hyperparameters values, Grader? grader)
    {
        Forbid(grader, "grader", "grader");
        Forbid(values.ReasoningEffort, "reasoning_effort", "hyperparameters.reasoningEffort");
        Forbid(values.ComputeMultiplier, "compute_multiplier", "hyperparameters.computeMultiplier");
        Forbid(values.EvalInterval, "eval_interval", "hyperparameters.evalInterval");
        Forbid(values.EvalSamples, "eval_samples", "hyperparameters.evalSamples");

        void Forbid(object? value, string name, string field) => Require(value is null, ReinforcementRules.OnlyReinforcement, field, name);
    }

    private void Require(bool isRight, DatasetRule rule, string field, params ReadOnlySpan<object?> particulars)
    {
        if (!isRight)
        {
            problems.Add(rule, field, particulars);
        }
    }
}
