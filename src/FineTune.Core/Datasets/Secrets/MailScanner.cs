using System.Buffers;

namespace FineTune.Datasets.Secrets;

/// <summary>Finds e-mail addresses; those at names kept for examples (example.com, .test) are none.</summary>
internal static class MailScanner
{
    private static readonly SearchValues<byte> LocalBytes
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-"u8);

    private static readonly SearchValues<byte> DomainBytes
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    private static readonly string[] ForExamples = ["example.com", "example.org", "example.net", ".example", ".test", ".invalid", ".localhost"];

    public static bool TryFind(ReadOnlySpan<byte> text, ref int at, out Secret secret)
    {
        int sign;
        for (int from = at; (sign = text[from..].IndexOf((byte)'@')) >= 0; from = at)
        {
            sign += from;
            at = sign + 1;
            int start = sign;
            while (start > from && LocalBytes.Contains(text[start - 1]))
            {
                start--;
            }

            int length = text[at..].IndexOfAnyExcept(DomainBytes);
            var domain = length < 0 ? text[at..] : text.Slice(at, length);
            if (start < sign && IsDomain(domain.TrimEnd("-."u8)))
            {
                secret = new Secret(SecretKind.MailAddress, start);
                return true;
            }
        }

        at = text.Length;
        secret = default;
        return false;
    }

    // At least two labels, the last of letters: no version number and no decorator.
    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        int point = domain.LastIndexOf((byte)'.');
        if (point <= 0 || domain.Length - point < 3)
        {
            return false;
        }

        foreach (byte character in domain[(point + 1)..])
        {
            if (!char.IsAsciiLetter((char)character))
            {
                return false;
            }
        }

        return !IsForExamples(domain);
    }

    private static bool IsForExamples(ReadOnlySpan<byte> domain)
    {
        foreach (string ending in ForExamples)
        {
            if (domain.Length >= ending.Length && System.Text.Ascii.EqualsIgnoreCase(domain[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }
}
