using System.Security.Cryptography;
using System.Text.Json;

namespace FineTune.Datasets.Formats.Reinforcement;

/// <summary>A grader in the one form that is hashed: no white space, one way to escape, keys in order.</summary>
internal static class CanonicalJson
{
    /// <returns>Lower-case hex. A response format keeps its order: the model answers in it.</returns>
    public static string HashOf(JsonElement grader, JsonElement? responseFormat)
    {
        using MemoryStream canonical = new();
        using (Utf8JsonWriter writer = new(canonical))
        {
            writer.WriteStartArray();
            WriteSorted(writer, grader);
            responseFormat?.WriteTo(writer);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(canonical.GetBuffer().AsSpan(0, (int)canonical.Length)));
    }

    /// <summary>JSON that was parsed is not deep, and so is this.</summary>
    private static void WriteSorted(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteSorted(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                value.EnumerateArray().ToList().ForEach(item => WriteSorted(writer, item));
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
