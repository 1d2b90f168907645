using System.Text.Json.Nodes;

namespace FineTune.Emulator.Jobs;

/// <summary>Metrics under the provider's names; what was not computed is left out.</summary>
internal static class MetricsJson
{
    /// <param name="full">At the end of an epoch the whole validation file is measured too.</param>
    public static JsonObject Of(FineTuningJob job, StepMetrics metrics, bool full)
        => job.Request.Method == JobRequest.Reinforcement ? Rewards(metrics) : Losses(metrics, full);

    private static JsonObject Rewards(StepMetrics metrics) => new()
    {
        ["step"] = metrics.Step,
        ["train_mean_reward"] = metrics.TrainAccuracy,
        ["full_valid_mean_reward"] = metrics.ValidAccuracy,
    };

    private static JsonObject Losses(StepMetrics metrics, bool full)
    {
        var json = new JsonObject
        {
            ["step"] = metrics.Step,
            ["train_loss"] = metrics.TrainLoss,
            ["train_mean_token_accuracy"] = metrics.TrainAccuracy,
        };
        if (metrics is { ValidLoss: { } loss, ValidAccuracy: { } accuracy })
        {
            json["valid_loss"] = loss;
            json["valid_mean_token_accuracy"] = accuracy;
            if (full)
            {
                json["full_valid_loss"] = loss;
                json["full_valid_mean_token_accuracy"] = accuracy;
            }
        }

        return json;
    }
}
