namespace FineTune;

/// <summary>The knobs of a training method; null means the provider's <c>auto</c>.</summary>
/// <param name="Epochs">1–50 passes over the dataset.</param>
/// <param name="BatchSize">1–256 examples a step.</param>
/// <param name="LearningRateMultiplier">Above 0.</param>
/// <param name="Beta">0–2, preference training only.</param>
public sealed record Hyperparameters(
    int? Epochs = null, int? BatchSize = null, double? LearningRateMultiplier = null, double? Beta = null);
