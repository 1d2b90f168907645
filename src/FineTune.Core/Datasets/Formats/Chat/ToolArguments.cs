using System.Text.Json;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>Reads a tool call's arguments, JSON inside a JSON string.</summary>
internal static class ToolArguments
{
    public static bool AreJsonObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonLine.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
