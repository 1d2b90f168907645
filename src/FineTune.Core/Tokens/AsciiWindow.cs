using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tokens;

/// <summary>
/// Finds where pieces begin in 64 bytes at once, for the patterns of both encodings: one bit a byte for each kind of character, and
/// shifts and masks instead of a look at each. What depends on more than ASCII's plain kinds (an apostrophe, a tab, anything beyond
/// ASCII) ends what is certain, and so does the end of the window; the pattern itself goes on from there.
/// </summary>
internal static class AsciiWindow
{
    /// <summary>So many bytes must be readable, whatever stands after the text's end.</summary>
    public const int Size = 64;

    /// <summary>
    /// One bit for each byte after the first where a piece begins for certain, the text's end included. The first byte begins a piece.
    /// </summary>
    /// <param name="left">Bytes of text from the window's first on.</param>
    /// <param name="endsBeforeUpper">Whether a word ends where upper case follows lower case.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PieceStarts(ref readonly byte first, int left, bool endsBeforeUpper)
    {
        var bytes = Vector512.LoadUnsafe(in first);
        ulong inside = left < Size ? (1UL << left) - 1 : ulong.MaxValue;
        ulong upper = Among(bytes, (byte)'A', 26) & inside;
        ulong lower = Among(bytes, (byte)'a', 26) & inside;
        ulong digits = Among(bytes, (byte)'0', 10) & inside;
        ulong spaces = Is(bytes, (byte)' ') & inside;
        ulong newLines = (Is(bytes, (byte)'\n') | Is(bytes, (byte)'\r')) & inside;
        ulong letters = upper | lower;
        ulong white = spaces | newLines;

        // A slash after a line break may belong to the symbols before it; a space between line breaks belongs to them.
        ulong unclear = ((Among(bytes, 0x09, 5) & ~newLines) | Is(bytes, (byte)'\'') | bytes.ExtractMostSignificantBits()) & inside;
        unclear |= Is(bytes, (byte)'/') & (newLines << 1);
        ulong indents = spaces & (newLines << 1);
        unclear |= ((spaces + indents) & newLines) != 0 ? indents : 0;
        ulong symbols = inside & ~(letters | digits | white | unclear);

        // One symbol before a word belongs to it, unless it belongs to a space or another symbol before.
        ulong noLead = digits | newLines | (symbols & ((symbols | spaces) << 1));
        ulong starts = letters & (noLead << 1);
        starts |= endsBeforeUpper ? upper & (lower << 1) : 0;
        starts |= Triples(digits);
        starts |= symbols & ~((symbols | spaces) << 1);
        starts |= newLines & ((letters | digits) << 1);

        // Of several spaces the last goes with what follows.
        starts |= spaces & (~(spaces << 1) | (~white & inside) >> 1);
        return (starts & ~1UL) & Certain(unclear, white, left) | (unclear == 0 && left < Size ? 1UL << left : 0);
    }

    /// <summary>Every third digit of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Triples(ulong digits)
    {
        ulong starts = digits & ~(digits << 1);
        ulong fourths = digits & (digits << 1) & (digits << 2);
        for (ulong more = starts << 3 & fourths; more != 0; more = more << 3 & fourths)
        {
            starts |= more;
        }

        return starts;
    }

    /// <summary>The bytes of which the next one is known, too, and that no white space of unknown length begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Certain(ulong unclear, ulong white, int left)
    {
        if (unclear == 0 && left < Size)
        {
            return ulong.MaxValue;
        }

        int known = left < Size ? Size : Size - BitOperations.LeadingZeroCount(~white);
        int end = Math.Min(known, BitOperations.TrailingZeroCount(unclear));
        return end == 0 ? 0 : (1UL << (end - 1)) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Among(Vector512<byte> bytes, byte first, byte count)
        => Vector512.LessThan(bytes - Vector512.Create(first), Vector512.Create(count)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Is(Vector512<byte> bytes, byte value) => Vector512.Equals(bytes, Vector512.Create(value)).ExtractMostSignificantBits();
}
