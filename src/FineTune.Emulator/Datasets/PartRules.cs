using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's schema for content made of parts.</summary>
internal static class PartRules
{
    private const int MostImages = 10;

    /// <summary>The first problem of a message's parts, as the rest of a sentence, or null.</summary>
    public static string? FirstProblem(JsonElement parts, string role)
    {
        if (parts.GetArrayLength() == 0)
        {
            return "key \"content\": must not be empty";
        }

        return parts.EnumerateArray().All(part => IsPart(part, role)) ? null : "key \"content\": a part is not valid here";
    }

    public static bool HasTooManyImages(JsonElement messages)
        => messages.EnumerateArray()
            .Where(message => message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
            .Sum(message => message.GetProperty("content").EnumerateArray().Count(part => part.TryGetProperty("image_url", out _))) > MostImages;

    private static bool IsPart(JsonElement part, string role)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        string kind = type.GetString()!;
        bool isOnlyThat = part.EnumerateObject().All(property => property.Name == "type" || property.Name == kind);
        return isOnlyThat && part.TryGetProperty(kind, out var value) && kind switch
        {
            "text" => IsText(value),
            "refusal" => role == "assistant" && IsText(value),
            "image_url" => role == "user" && IsImage(value),
            _ => false,
        };
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    /// <summary>What the address leads to is looked at while training: an image that cannot be used is skipped then.</summary>
    private static bool IsImage(JsonElement image)
        => image.ValueKind == JsonValueKind.Object
            && image.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String
            && (!image.TryGetProperty("detail", out var detail)
                || (detail.ValueKind == JsonValueKind.String && detail.GetString() is "low" or "high" or "auto"));
}
