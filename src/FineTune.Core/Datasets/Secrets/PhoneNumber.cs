namespace FineTune.Datasets.Secrets;

/// <summary>
/// Telephone numbers as they are written with a plus and a country's code, or as in North America: (212) 456-7890. Numbers kept for
/// fiction (555-01xx) are none.
/// </summary>
internal static class PhoneNumber
{
    /// <param name="digits">Without what separates them.</param>
    /// <param name="written">As they stand in the text.</param>
    public static bool Is(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> written, bool hasPlus)
        => hasPlus
            ? digits.Length is >= 9 and <= 15 && digits[0] != '0' && !IsFiction(digits)
            : digits.Length == 10 && IsGrouped(written) && digits[0] >= '2' && digits[3] >= '2' && !IsFiction(digits);

    // 212-456-7890, 212.456.7890, 212) 456-7890: a run of ten digits alone is any number.
    private static bool IsGrouped(ReadOnlySpan<byte> written)
    {
        int first = written.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return first == 3 && written.Length is 12 or 13 && written[^5] is (byte)'-' or (byte)'.' or (byte)' ';
    }

    private static bool IsFiction(ReadOnlySpan<byte> digits) => digits.Length >= 7 && digits[^7..^2].SequenceEqual("55501"u8);
}
