using System.Buffers;
using System.Globalization;
using System.Text;
using FineTune.Datasets.Reading;

namespace FineTune.Datasets.Formats.Chat;

/// <summary>The provider's idea of a name for people and functions: 1 to 64 letters, digits, underscores or hyphens.</summary>
internal static class Identifier
{
    private const int Longest = 64;

    private static readonly SearchValues<byte> Allowed
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>Null when the value is one, otherwise what it is instead.</summary>
    public static string? Fault(JsonValue value)
    {
        if (!value.IsString || value.Text.IsEmpty)
        {
            return Quote.Kind(value);
        }

        if (value.Text.Length > Longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetCharCount(value.Text)} characters long");
        }

        return value.Text.ContainsAnyExcept(Allowed) ? "a string with other characters" : null;
    }
}
