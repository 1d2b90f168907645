using FineTune.Emulator.Files;
using FineTune.Emulator.Models;
using FineTune.Emulator.Storage;

namespace FineTune.Emulator.Jobs;

/// <summary>Decides at creation how a job will go.</summary>
internal sealed class JobPlanner(EmulatorOptions options)
{
    public JobPlan Plan(
        string jobId, JobRequest request, StoredFile training, StoredFile? validation, JobFailure? scripted, DateTimeOffset now)
    {
        var facts = training.Facts!;
        int epochs = (int)(request.Hyperparameters.NEpochs.Number ?? AutoEpochs(facts.Examples));
        int batch = (int)(request.Hyperparameters.BatchSize.Number ?? Math.Clamp(facts.Examples / 500, 1, 256));
        int stepsPerEpoch = Math.Max(1, (facts.Examples + batch - 1) / batch);
        long tokens = facts.Tokens * epochs;
        return new JobPlan(
            Validating: Longer(options.Validating, Later(training.ProcessedAt, validation?.ProcessedAt) - now),
            Queued: options.Queued,
            Training: Clamp(TimeSpan.FromSeconds(tokens / options.TokensPerSecond)),
            Resolved: Resolve(request.Hyperparameters, epochs, batch),
            Epochs: epochs,
            Steps: stepsPerEpoch * epochs,
            TrainedTokens: Math.Max(1, tokens),
            FineTunedModel: ModelName(jobId, request),
            ResultFile: "file-" + IdSource.Derive($"{jobId}/result", 22),
            Curve: LossCurve.For(facts, validation?.Facts, epochs, request.Seed),
            Failure: DatasetVerdict.Of(request, training, validation) ?? scripted);
    }

    /// <summary>The published rule of thumb; the provider's own is not published.</summary>
    private static int AutoEpochs(int examples)
        => examples == 0 ? 1
            : examples * 3 < 100 ? Math.Min(25, Math.Max(1, 100 / examples))
            : examples * 3 > 25_000 ? Math.Max(1, 25_000 / examples)
            : 3;

    private static Hyperparameters Resolve(Hyperparameters asked, int epochs, int batch) => new(
        new Setting(epochs), new Setting(batch), new Setting(asked.LearningRateMultiplier.Number ?? 2))
    {
        Beta = asked.Beta is { } beta ? new Setting(beta.Number ?? 0.1) : null,
        ReasoningEffort = asked.ReasoningEffort,
        ComputeMultiplier = asked.ComputeMultiplier is { } compute ? new Setting(compute.Number ?? 1) : null,
        EvalInterval = asked.EvalInterval is { } interval ? new Setting(interval.Number ?? 5) : null,
        EvalSamples = asked.EvalSamples is { } samples ? new Setting(samples.Number ?? 1) : null,
    };

    private static string ModelName(string jobId, JobRequest request)
        => $"ft:{BaseModels.Resolve(request.Model)!.Id}:emulator:{request.Suffix}:{IdSource.Derive($"{jobId}/model", 8)}";

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Clamp(TimeSpan training)
        => training < options.ShortestTraining ? options.ShortestTraining
            : training > options.LongestTraining ? options.LongestTraining
            : training;
}
