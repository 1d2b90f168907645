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
            : ContentProblem(message, role.GetString()!) ?? NameProblem(message, role.GetString()!) ?? WeightProblem(message) ?? PlaceProblem(message, role.GetString()!);
    }

    private static string? NameProblem(JsonElement message, string role)
        => message.TryGetProperty("name", out var name)
            ? NameRules.IsName(name) ? null : "key \"name\": expected 1 to 64 letters, digits, underscores or hyphens"
            : role == "function" ? "is missing key \"name\"" : null;

    private static string? PlaceProblem(JsonElement message, string role)
        => role != "tool" && message.TryGetProperty("tool_call_id", out var id) && id.ValueKind != JsonValueKind.Null
            ? "key \"tool_call_id\": only tool messages can have one"
            : message.TryGetProperty("refusal", out var refusal) && refusal.ValueKind != JsonValueKind.Null
                && (role != "assistant" || refusal.ValueKind != JsonValueKind.String)
            ? "key \"refusal\": expected String, in an assistant message"
            : null;

    private static string? ContentProblem(JsonElement message, string role)
    {
        bool calls = message.TryGetProperty("tool_calls", out _) || message.TryGetProperty("function_call", out _) || message.TryGetProperty("refusal", out _);
        bool mayBeEmpty = calls || role is "tool" or "function";
        var kind = message.TryGetProperty("content", out var content) ? content.ValueKind : JsonValueKind.Undefined;
        return kind switch
        {
            JsonValueKind.String => content.GetString()!.Length > 0 || mayBeEmpty ? null : "key \"content\": must not be empty",
            JsonValueKind.Array => PartRules.FirstProblem(content, role),
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

        bool valid = weight.ValueKind == JsonValueKind.Number && weight.GetDouble() is 0 or 1;
        return !valid ? "key \"weight\": expected 0 or 1"
            : IsFromAssistant(message) ? null
            : "key \"weight\": only assistant messages can have one";
    }
}
