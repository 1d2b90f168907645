using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FineTune.Webhooks;

/// <summary>Signs and verifies as Standard Webhooks says: HMAC-SHA256 of <c>id.timestamp.body</c>, in base64 behind <c>v1,</c>.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";

    public const string TimestampHeader = "webhook-timestamp";

    public const string SignatureHeader = "webhook-signature";

    /// <summary>A message is not taken when its time is further from ours than this, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";
    private const string SecretPrefix = "whsec_";

    public static string Sign(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
        => Version + Convert.ToBase64String(Hash(secret, id, Seconds(at), body));

    /// <summary>True when any of the signatures is right under any of the secrets: while one is being replaced, two are in use.</summary>
    /// <param name="timestamp">Seconds since 1970, as the header has them.</param>
    /// <param name="signatures">One or more, with spaces between.</param>
    public static bool IsRight(
        IEnumerable<string> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || Math.Abs((decimal)seconds - now.ToUnixTimeSeconds()) > (decimal)Tolerance.TotalSeconds)
        {
            return false;
        }

        bool isRight = false;
        foreach (string secret in secrets)
        {
            byte[] expected = Hash(secret, id, timestamp, body);
            foreach (string signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                isRight |= signature.StartsWith(Version, StringComparison.Ordinal) && Matches(expected, signature[Version.Length..]);
            }
        }

        return isRight;
    }

    /// <summary><c>whsec_</c> and base64, as providers hand them out.</summary>
    public static bool IsSecret(string secret)
        => secret.StartsWith(SecretPrefix, StringComparison.Ordinal) && KeyOf(secret) is { Length: >= 16 };

    internal static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static bool Matches(byte[] expected, string signature)
    {
        byte[] given = new byte[expected.Length + 1];
        return Convert.TryFromBase64String(signature, given, out int length)
            && CryptographicOperations.FixedTimeEquals(expected, given.AsSpan(0, length));
    }

    private static byte[] Hash(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return HMACSHA256.HashData(KeyOf(secret) ?? [], signed);
    }

    private static byte[]? KeyOf(string secret)
    {
        byte[] key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Math.Min(SecretPrefix.Length, secret.Length)..], key, out int length) ? key[..length] : null;
    }
}
