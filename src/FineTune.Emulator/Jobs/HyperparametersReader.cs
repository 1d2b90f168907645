using System.Text.Json;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Hyperparameters within the documented ranges, "auto" where absent.</summary>
internal static class HyperparametersReader
{
    private static readonly string[] Efforts = ["default", "low", "medium", "high"];

    /// <exception cref="ApiException">400 for a value of the wrong kind or out of range.</exception>
    public static Hyperparameters Read(string method, JsonElement? block)
    {
        Hyperparameters common = new(
            Read(block, "n_epochs", n => n is >= 1 and <= 50 && double.IsInteger(n), "an integer from 1 to 50"),
            Read(block, "batch_size", n => n is >= 1 and <= 256 && double.IsInteger(n), "an integer from 1 to 256"),
            Read(block, "learning_rate_multiplier", n => n > 0, "a number greater than 0"));
        return method switch
        {
            JobRequest.Preference => common with { Beta = Read(block, "beta", n => n is > 0 and <= 2, "a number greater than 0 and at most 2") },
            JobRequest.Reinforcement => common with
            {
                ReasoningEffort = ReadEffort(block),
                ComputeMultiplier = Read(block, "compute_multiplier", n => n is > 0.00001 and <= 10, "a number greater than 0.00001 and at most 10"),
                EvalInterval = Read(block, "eval_interval", n => n >= 1 && double.IsInteger(n), "an integer from 1"),
                EvalSamples = Read(block, "eval_samples", n => n >= 1 && double.IsInteger(n), "an integer from 1"),
            },
            _ => common,
        };
    }

    private static string ReadEffort(JsonElement? block)
    {
        string effort = block?.OptionalString("reasoning_effort") ?? "default";
        return Efforts.Contains(effort)
            ? effort
            : throw ApiException.BadRequest(
                $"Invalid hyperparameter 'reasoning_effort': expected one of {string.Join(", ", Efforts)}.", "hyperparameters.reasoning_effort", "invalid_value");
    }

    private static Setting Read(JsonElement? block, string name, Func<double, bool> allowed, string expected)
    {
        if (block is not { } settings || !settings.TryGet(name, out var value) || value.ValueEqualsText("auto"))
        {
            return Setting.Auto;
        }

        return value.ValueKind == JsonValueKind.Number && allowed(value.GetDouble())
            ? new Setting(value.GetDouble())
            : throw ApiException.BadRequest(
                $"Invalid hyperparameter '{name}': expected \"auto\" or {expected}.", $"hyperparameters.{name}", "invalid_value");
    }

    private static bool ValueEqualsText(this JsonElement value, string text)
        => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
