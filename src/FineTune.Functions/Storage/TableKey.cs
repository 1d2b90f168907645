using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FineTune.Functions.Storage;

/// <summary>Any text as a table's key: tables refuse <c>/ \ # ?</c>, control characters and more than 1 KiB.</summary>
/// <remarks>Different texts have different keys. Letters, digits and <c>- _ . :</c> stay as they are, so that people can read most of them.</remarks>
internal static class TableKey
{
    private const char Escape = '~';

    // In characters of two bytes each. The rest of the 512 is for what a table puts before its keys.
    private const int MaxLength = 400;

    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'
                ? key.Append(c)
                : key.Append(Escape).Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return key.Length <= MaxLength ? key.ToString() : HashOf(text);
    }

    /// <summary>No escaped text starts with two escapes. By UTF-16, in which even half a surrogate pair has bytes of its own.</summary>
    private static string HashOf(string text)
        => $"{Escape}{Escape}{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())))}";
}
