namespace FineTune;

/// <summary>The knobs of a training method; null means the provider's <c>auto</c>.</summary>
/// <param name="Epochs">1–50 passes over the dataset.</param>
/// <param name="BatchSize">1–256 examples a step.</param>
/// <param name="LearningRateMultiplier">Above 0.</param>
/// <param name="Beta">Above 0, at most 2; preference training only.</param>
/// <param name="ReasoningEffort"><c>default</c>, <c>low</c>, <c>medium</c> or <c>high</c>; this and the following are for reinforcement training only.</param>
/// <param name="ComputeMultiplier">Above 0.00001, at most 10: how much is spent on exploring.</param>
/// <param name="EvalInterval">Steps between two evaluations; at least 1.</param>
/// <param name="EvalSamples">Answers an evaluation asks for; at least 1.</param>
public sealed record Hyperparameters(
    int? Epochs = null,
    int? BatchSize = null,
    double? LearningRateMultiplier = null,
    double? Beta = null,
    string? ReasoningEffort = null,
    double? ComputeMultiplier = null,
    int? EvalInterval = null,
    int? EvalSamples = null);
