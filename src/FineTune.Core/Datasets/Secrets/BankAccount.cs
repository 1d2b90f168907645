namespace FineTune.Datasets.Secrets;

/// <summary>International bank account numbers (IBAN): a country, two check digits, and a remainder of 1 by 97.</summary>
internal static class BankAccount
{
    public const int Shortest = 15;
    public const int Longest = 34;

    /// <summary>The bytes of the number that starts here, single spaces in it included; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        int remainder = 0;
        int taken = 0;
        int at = 0;
        Span<byte> number = stackalloc byte[Longest];
        for (; at < text.Length && taken < Longest; at++)
        {
            if (text[at] == ' ' && taken >= 4 && at + 1 < text.Length && IsOfNumber(text[at + 1]))
            {
                continue;
            }

            if (!IsOfNumber(text[at]))
            {
                break;
            }

            number[taken++] = text[at];
        }

        if (taken < Shortest || LengthFor(number) is not { } length || taken < length)
        {
            return 0;
        }

        foreach (byte character in (ReadOnlySpan<byte>)[.. number[4..length], .. number[..4]])
        {
            remainder = character <= '9' ? ((remainder * 10) + character - '0') % 97 : ((remainder * 100) + character - 'A' + 10) % 97;
        }

        return remainder == 1 ? at : 0;
    }

    private static bool IsOfNumber(byte character) => char.IsAsciiDigit((char)character) || char.IsAsciiLetterUpper((char)character);

    // Of the countries whose numbers are met most.
    private static int? LengthFor(ReadOnlySpan<byte> number) => ((char)number[0], (char)number[1]) switch
    {
        ('N', 'O') => 15,
        ('B', 'E') => 16,
        ('D', 'K') or ('F', 'I') or ('N', 'L') => 18,
        ('S', 'I') or ('M', 'K') => 19,
        ('A', 'T') or ('E', 'E') or ('L', 'T') or ('L', 'U') or ('B', 'A') or ('K', 'Z') => 20,
        ('C', 'H') or ('L', 'I') or ('L', 'V') or ('H', 'R') or ('C', 'R') => 21,
        ('D', 'E') or ('G', 'B') or ('I', 'E') or ('B', 'G') or ('G', 'E') or ('M', 'E') or ('R', 'S') => 22,
        ('A', 'E') or ('I', 'L') or ('G', 'I') => 23,
        ('C', 'Z') or ('S', 'K') or ('S', 'E') or ('E', 'S') or ('R', 'O') or ('P', 'K') or ('S', 'A') or ('M', 'D') or ('T', 'N') => 24,
        ('P', 'T') => 25,
        ('I', 'S') or ('T', 'R') => 26,
        ('F', 'R') or ('I', 'T') or ('G', 'R') or ('M', 'C') or ('S', 'M') => 27,
        ('P', 'L') or ('H', 'U') or ('C', 'Y') or ('A', 'L') => 28,
        ('B', 'R') or ('U', 'A') or ('Q', 'A') => 29,
        ('J', 'O') or ('K', 'W') => 30,
        ('M', 'T') => 31,
        _ => null,
    };
}
