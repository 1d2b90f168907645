using System.Globalization;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Files;

/// <summary>A file's lifetime as a client asks for it.</summary>
internal static class ExpiresAfter
{
    private const int Shortest = 3_600;
    private const int Longest = 2_592_000;

    /// <returns>Null where nothing was asked.</returns>
    /// <exception cref="ApiException">400 for an anchor other than created_at, or seconds outside an hour to thirty days.</exception>
    public static TimeSpan? Parse(string? anchor, string? seconds)
    {
        if (anchor is null && seconds is null)
        {
            return null;
        }

        bool valid = anchor == "created_at"
            && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value is >= Shortest and <= Longest;
        return valid
            ? TimeSpan.FromSeconds(int.Parse(seconds!, CultureInfo.InvariantCulture))
            : throw ApiException.BadRequest(
                $"Invalid 'expires_after': expected anchor 'created_at' and {Shortest} to {Longest} seconds.", "expires_after");
    }
}
