using System.Text.Json;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Hyperparameters within the documented ranges, "auto" where absent.</summary>
internal static class HyperparametersReader
{
    /// <exception cref="ApiException">400 for a value of the wrong kind or out of range.</exception>
    public static Hyperparameters Read(string method, JsonElement? block) => new(
        Read(block, "n_epochs", n => n is >= 1 and <= 50 && double.IsInteger(n), "an integer from 1 to 50"),
        Read(block, "batch_size", n => n is >= 1 and <= 256 && double.IsInteger(n), "an integer from 1 to 256"),
        Read(block, "learning_rate_multiplier", n => n > 0, "a number greater than 0"))
    {
        Beta = method == JobRequest.Preference
            ? Read(block, "beta", n => n is > 0 and <= 2, "a number greater than 0 and at most 2")
            : null,
    };

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
