using System.Globalization;
using System.Text;

namespace FineTune.Emulator.Jobs;

/// <summary>The result file of a succeeded job: a row a step, at most <see cref="MostRows"/>, empty where nothing was measured.</summary>
internal static class ResultCsv
{
    private const int MostRows = 1_000;

    public static byte[] Of(FineTuningJob job)
    {
        var csv = new StringBuilder("step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n");
        foreach (int step in TrainingSteps.Sample(job.Plan.Steps, MostRows))
        {
            var m = job.Plan.MetricsOf(step);
            csv.Append(CultureInfo.InvariantCulture, $"{m.Step},{m.TrainLoss},{m.TrainAccuracy},{m.ValidLoss},{m.ValidAccuracy}\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
