using System.Globalization;
using FineTune.Emulator.Datasets;
using FineTune.Emulator.Storage;

namespace FineTune.Emulator.Jobs;

/// <summary>
/// A simulated training curve: it falls from what the examples' length suggests to what their number and repetition allow,
/// with noise that depends on the seed alone. With a validation file, its loss turns up again when few examples are seen often.
/// </summary>
internal sealed record LossCurve(double Start, double Floor, double Rate, double Overfit, bool HasValidation, int Seed)
{
    public static LossCurve For(DatasetFacts training, DatasetFacts? validation, int epochs, int seed) => new(
        Start: 1.2 + Math.Min(1.6, training.TokensPerExample / 400),
        Floor: Math.Max(0.02, 0.9 / Math.Log10(training.Examples + 10) * (1 - (0.8 * training.DuplicateShare))),
        Rate: 3 + Math.Min(4, epochs * 0.4),
        Overfit: Math.Min(0.8, epochs * 6.0 / (training.Examples + 20)),
        HasValidation: validation is not null,
        seed);

    /// <param name="progress">Share of the training done, 0 to 1.</param>
    public StepMetrics At(int step, double progress)
    {
        double loss = Floor + ((Start - Floor) * Math.Exp(-Rate * progress));
        double train = Math.Max(0.0001, loss * (1 + Noise("train", step)));
        double valid = (loss * (1.05 + (Overfit * progress * progress))) + (0.02 * Noise("valid", step));
        return new StepMetrics(
            step,
            Round(train),
            Round(Accuracy(train)),
            HasValidation ? Round(valid) : null,
            HasValidation ? Round(Accuracy(valid)) : null);
    }

    private static double Accuracy(double loss) => 1 / (1 + (0.45 * loss));

    private static double Round(double value) => Math.Round(value, 5);

    private double Noise(string line, int step)
        => (IdSource.Fraction(string.Create(CultureInfo.InvariantCulture, $"{Seed}/{line}/{step}")) - 0.5) * 0.16;
}

/// <summary>What is known of one training step. Validation values are null without a validation file.</summary>
internal sealed record StepMetrics(int Step, double TrainLoss, double TrainAccuracy, double? ValidLoss, double? ValidAccuracy);
