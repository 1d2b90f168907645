using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FineTune.Datasets.Moderation;

/// <summary>
/// Finds any of some phrases in a text, 64 bytes at a time. Each phrase is looked for by its anchor, the six letters of it that English has
/// least of: a table for each of the six says in which of eight groups of anchors a byte may stand there, and only where all six agree
/// on a group is a phrase compared. (The method is Hyperscan's Teddy.) Thread-safe.
/// </summary>
internal sealed class PhraseScreen
{
    /// <summary>No shorter phrase can be looked for.</summary>
    public const int AnchorLength = 6;

    private const int Window = 64;
    private const int Reach = Window + AnchorLength - 1;
    private const int Groups = 8;
    private const string FrequentFirst = " 'etaoinshrdlcumwfgypbvkjxqz";

    // Letters differ in their last five bits, whatever their case.
    private const byte LetterBits = 31;
    private const ulong SmallLetters = 0x2020_2020_2020;

    private readonly IReadOnlyList<RiskyPhrase> _phrases;
    private readonly int _shortest;
    private readonly int[] _anchorAt;
    private readonly ulong[] _anchors;
    private readonly Vector512<byte>[] _groupsByLetter;

    public PhraseScreen(IReadOnlyList<RiskyPhrase> phrases)
    {
        _phrases = phrases;
        _shortest = int.MaxValue;
        _anchorAt = new int[phrases.Count];
        _anchors = new ulong[phrases.Count];
        var letters = new string[phrases.Count];
        for (int index = 0; index < phrases.Count; index++)
        {
            string text = phrases[index].Text;
            _shortest = Math.Min(_shortest, text.Length);
            _anchorAt[index] = RarestLetters(text);
            letters[index] = text.Substring(_anchorAt[index], AnchorLength);
            _anchors[index] = AnchorOf(Encoding.ASCII.GetBytes(letters[index]));
        }

        _groupsByLetter = Tables(letters);
    }

    /// <summary>The first phrase in the text, or one of the first, and where it starts.</summary>
    public RiskyPhrase? Find(ReadOnlySpan<byte> text, out int at)
    {
        at = 0;
        if (text.Length < _shortest)
        {
            return null;
        }

        if (text.Length < Reach)
        {
            Span<byte> padded = stackalloc byte[Reach];
            padded.Clear();
            text.CopyTo(padded);
            return Compare(text, 0, AnchorsAt(in padded[0]), ref at);
        }

        for (int start = 0; ; start = Math.Min(start + Window, text.Length - Reach))
        {
            ulong anchors = AnchorsAt(in Unsafe.Add(ref MemoryMarshal.GetReference(text), start));
            if (anchors != 0 && Compare(text, start, anchors, ref at) is { } phrase)
            {
                return phrase;
            }

            if (start == text.Length - Reach)
            {
                return null;
            }
        }
    }

    /// <returns>A bit for each byte of the window at which an anchor may start.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong AnchorsAt(ref readonly byte window)
    {
        var groups = Vector512<byte>.AllBitsSet;
        for (int letter = 0; letter < AnchorLength; letter++)
        {
            var letters = Vector512.LoadUnsafe(in window, (nuint)letter) & Vector512.Create(LetterBits);
            groups &= LookUp(_groupsByLetter[letter], letters);
        }

        return ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    // Where there are no such wide registers, the runtime would look up byte by byte: halves of the table in narrow ones are quicker.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> letters)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.ShuffleNative(table, letters);
        }

        var (low, high) = (table.GetLower().GetLower(), table.GetLower().GetUpper());
        var (first, second) = (letters.GetLower(), letters.GetUpper());
        return Vector512.Create(
            Vector256.Create(Narrow(first.GetLower()), Narrow(first.GetUpper())),
            Vector256.Create(Narrow(second.GetLower()), Narrow(second.GetUpper())));

        // A place past the end of a table gives nothing.
        Vector128<byte> Narrow(Vector128<byte> places)
            => Vector128.Shuffle(low, places) | Vector128.Shuffle(high, places ^ Vector128.Create((byte)16));
    }

    private RiskyPhrase? Compare(ReadOnlySpan<byte> text, int start, ulong anchors, ref int at)
    {
        for (; anchors != 0; anchors &= anchors - 1)
        {
            int anchor = start + BitOperations.TrailingZeroCount(anchors);
            if (anchor <= text.Length - AnchorLength && PhraseAt(text, anchor, ref at) is { } phrase)
            {
                return phrase;
            }
        }

        return null;
    }

    private RiskyPhrase? PhraseAt(ReadOnlySpan<byte> text, int anchor, ref int at)
    {
        ulong letters = AnchorOf(text.Slice(anchor, AnchorLength));
        for (int index = 0, next; (next = _anchors.AsSpan(index).IndexOf(letters)) >= 0; index++)
        {
            index += next;
            at = anchor - _anchorAt[index];
            if (StandsAt(text, at, _phrases[index].Text))
            {
                return _phrases[index];
            }
        }

        return null;
    }

    private static bool StandsAt(ReadOnlySpan<byte> text, int at, string phrase)
    {
        int end = at + phrase.Length;
        return at >= 0 && end <= text.Length
            && (at == 0 || !IsOfWord(text[at - 1])) && (end == text.Length || !IsOfWord(text[end]))
            && Ascii.EqualsIgnoreCase(text[at..end], phrase);
    }

    // A byte of another alphabet's letter belongs to a word, too.
    private static bool IsOfWord(byte character) => char.IsAsciiLetterOrDigit((char)character) || character >= 0x80;

    private static ulong AnchorOf(ReadOnlySpan<byte> letters)
        => BinaryPrimitives.ReadUInt32LittleEndian(letters) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(letters[4..]) << 32) | SmallLetters;

    private static int RarestLetters(string phrase)
    {
        var (rarest, most) = (0, -1);
        for (int at = 0; at <= phrase.Length - AnchorLength; at++)
        {
            int rarity = 0;
            foreach (char letter in phrase.AsSpan(at, AnchorLength))
            {
                rarity += FrequentFirst.IndexOf(letter, StringComparison.Ordinal);
            }

            (rarest, most) = rarity > most ? (at, rarity) : (rarest, most);
        }

        return rarest;
    }

    // Neighbours in the alphabet share a group, so that it has few different first letters.
    private static Vector512<byte>[] Tables(string[] anchors)
    {
        Array.Sort(anchors, StringComparer.Ordinal);
        var tables = new Vector512<byte>[AnchorLength];
        Span<byte> groups = stackalloc byte[Window];
        for (int letter = 0; letter < AnchorLength; letter++)
        {
            groups.Clear();
            for (int index = 0; index < anchors.Length; index++)
            {
                groups[anchors[index][letter] & LetterBits] |= (byte)(1 << (index * Groups / anchors.Length));
            }

            tables[letter] = Vector512.Create<byte>(groups);
        }

        return tables;
    }
}
