namespace FineTune.Datasets.Secrets;

/// <summary>Payment card numbers: the issuers' first digits, their lengths, and the Luhn check digit.</summary>
internal static class CardNumber
{
    public const int Shortest = 13;
    public const int Longest = 19;

    /// <param name="digits">Without what separates them.</param>
    public static bool Is(ReadOnlySpan<byte> digits)
        => IsOfIssuer(digits) && digits[1..].ContainsAnyExcept(digits[0]) && PassesLuhn(digits);

    private static bool IsOfIssuer(ReadOnlySpan<byte> digits) => digits switch
    {
        [(byte)'4', ..] => digits.Length is 13 or 16 or 19,
        [(byte)'5', >= (byte)'1' and <= (byte)'5', ..] => digits.Length == 16,
        [(byte)'2', >= (byte)'2' and <= (byte)'7', ..] => digits.Length == 16,
        [(byte)'3', (byte)'4' or (byte)'7', ..] => digits.Length == 15,
        [(byte)'3', (byte)'0' or (byte)'6' or (byte)'8', ..] => digits.Length == 14,
        [(byte)'3', (byte)'5', ..] => digits.Length == 16,
        [(byte)'6', (byte)'0' or (byte)'2' or (byte)'4' or (byte)'5', ..] => digits.Length is 16 or 19,
        _ => false,
    };

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        for (int index = 0; index < digits.Length; index++)
        {
            int digit = digits[^(index + 1)] - '0';
            int doubled = digit * 2;
            sum += index % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }
}
