using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for one example of each format. An answer names keys and positions, never the example's text.</summary>
internal static class ExampleRules
{
    private static readonly HashSet<string> ChatKeys = ["messages", "tools", "functions", "parallel_tool_calls"];

    public static DatasetFormat FormatOf(JsonElement example)
        => example.TryGetProperty("messages", out _) ? DatasetFormat.Chat
            : example.TryGetProperty("prompt", out _) || example.TryGetProperty("completion", out _) ? DatasetFormat.Completion
            : example.TryGetProperty("preferred_output", out _) ? DatasetFormat.Preference
            : DatasetFormat.Unknown;

    /// <summary>What keeps a chat example from being trained on by any method but reinforcement; null when nothing does.</summary>
    public static string? SilenceOf(JsonElement example)
    {
        var messages = example.GetProperty("messages");
        return !messages.EnumerateArray().Any(MessageRules.IsFromAssistant) ? "key \"messages\": must have at least one message with role \"assistant\""
            : !ConversationRules.EndsWithAssistant(messages) ? "key \"messages\": the last message must have role \"assistant\""
            : example.EnumerateObject().Any(property => !ChatKeys.Contains(property.Name)) ? "has an unexpected key"
            : null;
    }

    /// <returns>What is wrong, as the rest of a sentence that begins with the line number, or null.</returns>
    public static string? FirstProblem(DatasetFormat format, JsonElement example) => format switch
    {
        DatasetFormat.Chat => ToolRules.DeclarationsProblem(example) ?? MessagesProblem(example, "messages") ?? ChatProblem(example),
        DatasetFormat.Completion => CompletionProblem(example),
        DatasetFormat.Preference => PreferenceRules.FirstProblem(example),
        _ => "has none of the keys \"messages\", \"prompt\" or \"preferred_output\"",
    };

    private static string? ChatProblem(JsonElement example)
        => PartRules.HasTooManyImages(example.GetProperty("messages"))
            ? "key \"messages\": has more than 10 images"
            : ConversationRules.FirstProblem(example.GetProperty("messages")) ?? ToolRules.UndeclaredCall(example, example.GetProperty("messages"));

    private static string? CompletionProblem(JsonElement example)
        => Missing(example, "prompt", JsonValueKind.String)
            ?? Missing(example, "completion", JsonValueKind.String)
            ?? (example.GetProperty("completion").GetString()!.Length == 0 ? "key \"completion\": must not be empty"
                : example.EnumerateObject().Any(property => property.Name is not ("prompt" or "completion")) ? "has an unexpected key"
                : null);

    public static string? MessagesProblem(JsonElement owner, string key)
    {
        if (Missing(owner, key, JsonValueKind.Array) is { } missing)
        {
            return missing;
        }

        int index = 0;
        foreach (var message in owner.GetProperty(key).EnumerateArray())
        {
            if (MessageRules.FirstProblem(message) is { } problem)
            {
                return $"{key}[{index}]: {problem}";
            }

            index++;
        }

        return index > 0 ? null : $"key \"{key}\": must not be empty";
    }

    private static string? Missing(JsonElement owner, string key, JsonValueKind kind)
        => !owner.TryGetProperty(key, out var value) ? $"is missing key \"{key}\""
            : value.ValueKind != kind ? $"key \"{key}\": expected {kind}, found {value.ValueKind}"
            : null;
}
