using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for one chat message.</summary>
internal static class MessageRules
{
    private static readonly HashSet<string> Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    private static readonly HashSet<string> Keys =
        ["role", "content", "name", "weight", "tool_calls", "tool_call_id", "function_call", "refusal", "audio"];

    public static bool IsFromAssistant(JsonElement message)
        => message.TryGetProperty("role", out var role) && role.ValueEquals("assistant");

    public static string? FirstProblem(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return $"expected Object, found {message.ValueKind}";
        }

        if (!message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String || !Roles.Contains(role.GetString()!))
        {
            return "key \"role\": expected one of system, user, assistant, tool";
        }

        return message.EnumerateObject().Any(p => !Keys.Contains(p.Name))
            ? "has an unexpected key"
            : ContentProblem(message) ?? WeightProblem(message);
    }

    private static string? ContentProblem(JsonElement message)
    {
        bool calls = message.TryGetProperty("tool_calls", out _) || message.TryGetProperty("function_call", out _);
        var kind = message.TryGetProperty("content", out var content) ? content.ValueKind : JsonValueKind.Undefined;
        return kind switch
        {
            JsonValueKind.String or JsonValueKind.Array => null,
            JsonValueKind.Null or JsonValueKind.Undefined when calls => null,
            JsonValueKind.Undefined => "is missing key \"content\"",
            _ => $"key \"content\": expected String or Array, found {kind}",
        };
    }

    private static string? WeightProblem(JsonElement message)
    {
        if (!message.TryGetProperty("weight", out var weight))
        {
            return null;
        }

        bool valid = weight.ValueKind == JsonValueKind.Number && weight.TryGetInt32(out int value) && value is 0 or 1;
        return !valid ? "key \"weight\": expected 0 or 1"
            : IsFromAssistant(message) ? null
            : "key \"weight\": only assistant messages can have one";
    }
}
