namespace FineTune.Datasets.Secrets;

/// <summary>Finds card, account and telephone numbers: digits, with single separators between their groups.</summary>
internal static class NumberScanner
{
    public const int ShortestNumber = 9;
    private const int CountryLetters = 2;

    public static bool TryFind(ReadOnlySpan<byte> text, ref int at, out Secret secret)
    {
        while (at < text.Length)
        {
            int found = text[at..].IndexOfAnyInRange((byte)'0', (byte)'9');
            if (found < 0)
            {
                break;
            }

            int start = at + found;
            if (FindAt(text, start, out int end) is { } kind)
            {
                at = end;
                secret = new Secret(kind, kind == SecretKind.BankAccount ? start - CountryLetters : start);
                return true;
            }

            at = end;
        }

        at = text.Length;
        secret = default;
        return false;
    }

    // A number ends where a group ends. When none does, the next one may begin with the second group.
    private static SecretKind? FindAt(ReadOnlySpan<byte> text, int start, out int end)
    {
        if (IsLetter(text, start - 1))
        {
            return AccountAt(text, start, out end);
        }

        // A plus between two figures is a sum.
        bool hasPlus = start > 0 && text[start - 1] == '+' && (start == 1 || text[start - 2] is (byte)' ' or (byte)'\n' or (byte)'(' or (byte)':');
        Span<byte> digits = stackalloc byte[CardNumber.Longest];
        int count = 0;
        int groupEnd = 0;
        for (int group = start; group < text.Length && TryReadGroup(text, group, digits, ref count, out int next); group = SkipSeparator(text, next))
        {
            groupEnd = groupEnd == 0 ? next : groupEnd;
            if (count >= ShortestNumber && !IsLetter(text, next) && KindOf(digits[..count], text[start..next], hasPlus) is { } kind)
            {
                end = next;
                return kind;
            }
        }

        end = groupEnd == 0 ? EndOfDigits(text, start) : groupEnd;
        return null;
    }

    private static SecretKind? KindOf(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> written, bool hasPlus)
        => digits.Length >= CardNumber.Shortest && CardNumber.Is(digits) ? SecretKind.CardNumber
            : PhoneNumber.Is(digits, written, hasPlus) ? SecretKind.PhoneNumber
            : null;

    /// <summary>Adds one run of digits; false when there is none, or there are too many for any number.</summary>
    private static bool TryReadGroup(ReadOnlySpan<byte> text, int at, Span<byte> digits, ref int count, out int end)
    {
        for (end = at; end < text.Length && char.IsAsciiDigit((char)text[end]); end++)
        {
            if (count == digits.Length)
            {
                return false;
            }

            digits[count++] = text[end];
        }

        return end > at;
    }

    // One space, hyphen or point, or a closing bracket and perhaps a space.
    private static int SkipSeparator(ReadOnlySpan<byte> text, int at)
    {
        bool isBracket = at < text.Length && text[at] == ')';
        int next = isBracket || (at < text.Length && text[at] is (byte)' ' or (byte)'-' or (byte)'.') ? at + 1 : at;
        return isBracket && next < text.Length && text[next] == ' ' ? next + 1 : next == at ? text.Length : next;
    }

    private static int EndOfDigits(ReadOnlySpan<byte> text, int start)
    {
        int length = text[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : start + length;
    }

    // The country's two letters stand before the digits, and no letter or digit before those.
    private static SecretKind? AccountAt(ReadOnlySpan<byte> text, int start, out int end)
    {
        int country = start - CountryLetters;
        bool isAccount = country >= 0 && char.IsAsciiLetterUpper((char)text[country]) && char.IsAsciiLetterUpper((char)text[country + 1])
            && !IsLetter(text, country - 1) && (country == 0 || !char.IsAsciiDigit((char)text[country - 1]));
        int length = isAccount ? BankAccount.LengthAt(text[country..]) : 0;
        if (length > 0)
        {
            end = country + length;
            return SecretKind.BankAccount;
        }

        end = EndOfDigits(text, start);
        return null;
    }

    private static bool IsLetter(ReadOnlySpan<byte> text, int at)
        => at >= 0 && at < text.Length && (char.IsAsciiLetter((char)text[at]) || text[at] is (byte)'_' or > 0x7F);
}
