namespace FineTune.Datasets.Secrets;

/// <summary>Finds private keys in PEM, as SSH, TLS and PGP write them.</summary>
internal static class PrivateKeyScanner
{
    // "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK": the kind and the words themselves.
    private const int LongestKind = 41;

    public static bool TryFind(ReadOnlySpan<byte> text, ref int at, out Secret secret)
    {
        int found;
        while ((found = text[at..].IndexOf("-----BEGIN "u8)) >= 0)
        {
            int start = at + found;
            at = start + "-----BEGIN "u8.Length;
            if (text.Slice(at, Math.Min(LongestKind, text.Length - at)).IndexOf("PRIVATE KEY"u8) >= 0)
            {
                secret = new Secret(SecretKind.PrivateKey, start);
                return true;
            }
        }

        at = text.Length;
        secret = default;
        return false;
    }
}
