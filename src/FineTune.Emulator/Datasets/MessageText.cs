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

    private static string Join(JsonElement parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var value) && value.ValueKind == JsonValueKind.String)
            {
                text.Append(value.GetString());
            }
        }

        return text.ToString();
    }
}
