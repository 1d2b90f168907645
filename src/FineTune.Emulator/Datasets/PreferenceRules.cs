using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for a preference: an input that wants an answer, a better one and a worse one; text only.</summary>
internal static class PreferenceRules
{
    private static readonly HashSet<string> Keys = ["input", "preferred_output", "non_preferred_output"];
    private static readonly HashSet<string> InputKeys = ["messages", "tools", "parallel_tool_calls"];

    /// <summary>The first problem, as the rest of a sentence, or null.</summary>
    public static string? FirstProblem(JsonElement example)
        => !example.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Object ? "is missing key \"input\" (an object)"
            : HasOther(example, Keys) || HasOther(input, InputKeys) ? "has an unexpected key"
            : InputProblem(input)
                ?? OutputProblem(example, input, "preferred_output")
                ?? OutputProblem(example, input, "non_preferred_output");

    private static string? InputProblem(JsonElement input)
    {
        string? problem = (HasTools(input) ? ToolRules.DeclarationsProblem(input) : null) ?? ExampleRules.MessagesProblem(input, "messages");
        if (problem is not null)
        {
            return problem;
        }

        var messages = input.GetProperty("messages");
        return HasImages(messages) ? "key \"messages\": images are not taken here"
            : ConversationRules.EndsWithAssistant(messages) ? "key \"messages\": the last message must not have role \"assistant\""
            : ConversationRules.FirstProblem(messages);
    }

    private static string? OutputProblem(JsonElement example, JsonElement input, string key)
    {
        if (ExampleRules.MessagesProblem(example, key) is { } problem)
        {
            return problem;
        }

        var output = example.GetProperty(key);
        return output.GetArrayLength() != 1 || !MessageRules.IsFromAssistant(output[0])
            ? $"key \"{key}\": must be exactly one message with role \"assistant\""
            : ConversationRules.FirstProblem(output) ?? (HasTools(input) ? ToolRules.UndeclaredCall(input, output) : null);
    }

    /// <summary>The provider's own example has an empty list of them.</summary>
    private static bool HasTools(JsonElement input)
        => input.TryGetProperty("tools", out var tools) && !(tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() == 0);

    private static bool HasImages(JsonElement messages) => messages.EnumerateArray().Any(
        message => message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            && content.EnumerateArray().Any(part => part.TryGetProperty("image_url", out _)));

    private static bool HasOther(JsonElement owner, HashSet<string> keys) => owner.EnumerateObject().Any(property => !keys.Contains(property.Name));
}
