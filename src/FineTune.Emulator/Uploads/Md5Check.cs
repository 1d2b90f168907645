using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using FineTune.Emulator.Storage;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Uploads;

/// <summary>Compares the joined bytes with the checksum a client may send.</summary>
internal static class Md5Check
{
    /// <exception cref="ApiException">400 where they differ.</exception>
    [SuppressMessage("Security", "CA5351", Justification = "The provider's protocol asks for MD5, against mix-ups rather than people.")]
    public static async Task RequireAsync(ReceivedContent content, string? expected, CancellationToken cancellationToken)
    {
        if (expected is null)
        {
            return;
        }

        await using var stream = File.OpenRead(content.TemporaryPath);
        string found = Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellationToken));
        if (!found.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.BadRequest("The md5 of the uploaded bytes does not match the one given.", "md5");
        }
    }
}
