using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FineTune;

/// <summary>
/// The key of a run: the same bytes under the same spec have the same key, whatever they are called and however often they are dropped.
/// The money lock, the uploaded files' names and the job's metadata carry it.
/// </summary>
public static class RunKey
{
    // A change to what goes in, or how it is written, makes every dataset look new: raise the version and mean it.
    private const string Version = "1";

    /// <returns>64 lower-case hex characters.</returns>
    public static string Compute(string sha256, string? validationSha256, FineTuneSpec spec)
    {
        Hyperparameters knobs = spec.Hyperparameters;
        string canonical = string.Join(
            '\n',
            Version, sha256, validationSha256, spec.Model, spec.Method,
            Text(knobs.Epochs), Text(knobs.BatchSize), Text(knobs.LearningRateMultiplier), Text(knobs.Beta),
            spec.Suffix, Text(spec.Seed), spec.Generation);
        if (spec.Method is TrainingMethod.Reinforcement)
        {
            canonical = string.Join(
                '\n',
                canonical, spec.GraderSha256, knobs.ReasoningEffort,
                Text(knobs.ComputeMultiplier), Text(knobs.EvalInterval), Text(knobs.EvalSamples));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
