using System.Text;
using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The text of a message whose content is a string, a list of parts, or absent.</summary>
internal static class MessageText
{
    public static string Of(JsonElement message)
        => !message.TryGetProperty("content", out var content) ? ""
            : content.ValueKind == JsonValueKind.String ? content.GetString()!
            : content.ValueKind == JsonValueKind.Array ? Join(content)
            : "";

    private static string? TextOf(JsonElement part)
        => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static string Join(JsonElement parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            text.Append(TextOf(part));
        }

        return text.ToString();
    }
}
