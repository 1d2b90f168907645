namespace FineTune.Datasets.Secrets;

/// <summary>Finds private keys in PEM, as SSH, TLS and PGP write them.</summary>
internal static class PrivateKeyScanner
{
    private const int LongestKind = 30;

    public static bool TryFind(ReadOnlySpan<byte> text, ref int at, out Secret secret)
    {
        int found;
        while ((found = text[at..].IndexOf("-----BEGIN "u8)) >= 0)
        {
            int start = at + found;
            at = start + "-----BEGIN "u8.Length;
            int kind = text[at..].IndexOf("PRIVATE KEY"u8);
            if (kind is >= 0 and < LongestKind)
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
