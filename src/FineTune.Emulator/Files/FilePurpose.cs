using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Files;

/// <summary>What a file may be for.</summary>
internal static class FilePurpose
{
    public const string FineTune = "fine-tune";

    private static readonly string[] Known = [FineTune, "assistants", "batch", "user_data", "vision", "evals"];

    /// <exception cref="ApiException">400, in the words of the recordings.</exception>
    public static string Require(string? purpose)
        => purpose is null ? throw ApiException.BadRequest("'purpose' is a required property", "purpose")
            : Known.Contains(purpose) ? purpose
            : throw ApiException.BadRequest(
                $"'{purpose}' is not one of [{string.Join(", ", Known.Select(p => $"'{p}'"))}] - 'purpose'", "purpose");

    /// <exception cref="ApiException">400 for a dataset that is not .jsonl.</exception>
    public static void RequireExtension(string purpose, string filename)
    {
        if (purpose == FineTune && !filename.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.BadRequest("Invalid file format for Fine-Tuning API. Must be .jsonl", "file");
        }
    }
}
