using System.Text.Json.Nodes;
using FineTune.Ports;

namespace FineTune.Provider;

/// <summary>The body that asks for a job.</summary>
internal static class JobRequest
{
    /// <summary>So much of the key goes into the model's name that it can be traced back by eye.</summary>
    private const int KeyCharactersInSuffix = 12;

    public static BinaryData ToJson(NewJob job, IEnumerable<KeyValuePair<string, string>> extraFields, string? installation = null)
    {
        FineTuneSpec spec = job.Spec;
        string shortKey = job.Key[..KeyCharactersInSuffix];
        JsonObject body = new()
        {
            ["model"] = spec.Model,
            ["training_file"] = job.TrainingFileId,
            ["suffix"] = string.IsNullOrEmpty(spec.Suffix) ? shortKey : $"{spec.Suffix}-{shortKey}",
            ["seed"] = spec.Seed,
            ["method"] = Method(job),
            ["metadata"] = JobMetadata.Write(job, installation),
        };
        if (job.ValidationFileId is not null)
        {
            body["validation_file"] = job.ValidationFileId;
        }

        foreach ((string name, string value) in extraFields)
        {
            body[name] = value;
        }

        return BinaryData.FromString(body.ToJsonString());
    }

    private static JsonObject Method(NewJob job)
    {
        string type = TrainingMethods.WordFor(job.Spec.Method);
        JsonObject settings = new() { ["hyperparameters"] = Knobs(job.Spec.Hyperparameters) };
        if (job.Grader is { } grader)
        {
            settings["grader"] = JsonNode.Parse(grader.Json.GetRawText());
        }

        if (job.Grader?.ResponseFormat is { } format)
        {
            settings["response_format"] = JsonNode.Parse(format.GetRawText());
        }

        return new JsonObject { ["type"] = type, [type] = settings };
    }

    /// <summary>What is not said is left out, and <c>auto</c> at the provider.</summary>
    private static JsonObject Knobs(Hyperparameters knobs)
    {
        JsonObject said = [];
        Say("n_epochs", knobs.Epochs);
        Say("batch_size", knobs.BatchSize);
        Say("learning_rate_multiplier", knobs.LearningRateMultiplier);
        Say("beta", knobs.Beta);
        Say("compute_multiplier", knobs.ComputeMultiplier);
        Say("eval_interval", knobs.EvalInterval);
        Say("eval_samples", knobs.EvalSamples);
        if (knobs.ReasoningEffort is { } effort)
        {
            said["reasoning_effort"] = effort;
        }

        return said;

        void Say<T>(string name, T? value)
            where T : struct
        {
            if (value is { } number)
            {
                said[name] = JsonValue.Create(number);
            }
        }
    }
}
