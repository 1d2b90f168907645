using System.Text.Json;

namespace FineTune.Emulator.Datasets;

/// <summary>The provider's idea of a name for people and functions.</summary>
internal static class NameRules
{
    public static bool IsName(JsonElement name)
        => name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 and <= 64 } text
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
