using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tokens;

/// <summary>
/// The common piece, found without a look at each character: one to fifteen letters of ASCII, perhaps after one other character.
/// Whatever could continue such a word in some pattern (an apostrophe, a character beyond ASCII) is left to the pattern itself.
/// </summary>
internal static class AsciiWord
{
    /// <summary>This many bytes must follow a piece's start, or there is no telling.</summary>
    public const int Window = 18;

    private const int Letters = 16;

    private const byte NoWord = 2;

    /// <summary>How many bytes before the word, by the piece's first byte: none for a letter, one for what may precede a word.</summary>
    private static readonly byte[] LeadTable = Leads();

    /// <summary>The end of upper-case letters, then lower-case ones; 0 when this is no such word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfCased(ReadOnlySpan<byte> text, int start)
    {
        int lead = LeadTable[text[start]];
        var window = WindowAt(text, start + lead);
        int upper = BitOperations.TrailingZeroCount(~Mask(window, (byte)'A'));
        int lower = BitOperations.TrailingZeroCount(~(Mask(window, (byte)'a') >> upper));
        return EndOrZero(text, start, lead, upper + lower);
    }

    /// <summary>The end of letters of either case; 0 when this is no such word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfAnyCase(ReadOnlySpan<byte> text, int start)
    {
        int lead = LeadTable[text[start]];
        var window = WindowAt(text, start + lead) | Vector128.Create((byte)0x20);
        int letters = BitOperations.TrailingZeroCount(~Mask(window, (byte)'a'));
        return EndOrZero(text, start, lead, letters);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOrZero(ReadOnlySpan<byte> text, int start, int lead, int letters)
    {
        int end = start + lead + letters;
        return lead < NoWord && letters is > 0 and < Letters && text[end] < 0x80 && text[end] != '\'' ? end : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> WindowAt(ReadOnlySpan<byte> text, int at)
        => Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text.Slice(at, Letters)));

    /// <summary>One bit for each byte among the 26 from <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(Vector128<byte> window, byte first)
        => Vector128.LessThan(window - Vector128.Create(first), Vector128.Create((byte)26)).ExtractMostSignificantBits();

    private static byte[] Leads()
    {
        byte[] leads = new byte[256];
        for (int value = 0; value < leads.Length; value++)
        {
            leads[value] = char.IsAsciiLetter((char)value) ? (byte)0
                : value < 0x80 && !char.IsAsciiDigit((char)value) && value is not ('\r' or '\n') ? (byte)1
                : NoWord;
        }

        return leads;
    }
}
