using System.Buffers.Binary;
using System.Collections.Frozen;
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

    private readonly int _shortest;
    private readonly Vector512<byte>[] _groupsByLetter;
    private readonly FrozenDictionary<ulong, (RiskyPhrase Phrase, int AnchorAt)[]> _byAnchor;

    public PhraseScreen(IReadOnlyList<RiskyPhrase> phrases)
    {
        _shortest = phrases.Min(phrase => phrase.Text.Length);
        var anchored = phrases.Select(phrase => (Phrase: phrase, AnchorAt: RarestLetters(phrase.Text))).ToArray();
        _byAnchor = anchored
            .GroupBy(found => AnchorOf(Encoding.ASCII.GetBytes(found.Phrase.Text, found.AnchorAt, AnchorLength)))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _groupsByLetter = Tables([.. anchored.Select(found => found.Phrase.Text.Substring(found.AnchorAt, AnchorLength)).Distinct().Order(StringComparer.Ordinal)]);
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
            if (anchor > text.Length - AnchorLength || !_byAnchor.TryGetValue(AnchorOf(text.Slice(anchor, AnchorLength)), out var phrases))
            {
                continue;
            }

            foreach (var (phrase, anchorAt) in phrases)
            {
                at = anchor - anchorAt;
                if (StandsAt(text, at, phrase.Text))
                {
                    return phrase;
                }
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
        => Enumerable.Range(0, phrase.Length - AnchorLength + 1)
            .MaxBy(at => phrase.Substring(at, AnchorLength).Sum(letter => FrequentFirst.IndexOf(letter, StringComparison.Ordinal)));

    // Neighbours in the alphabet share a group, so that it has few different first letters.
    private static Vector512<byte>[] Tables(string[] anchors)
    {
        byte[][] tables = [.. Enumerable.Range(0, AnchorLength).Select(_ => new byte[Window])];
        for (int index = 0; index < anchors.Length; index++)
        {
            for (int letter = 0; letter < AnchorLength; letter++)
            {
                tables[letter][anchors[index][letter] & LetterBits] |= (byte)(1 << (index * Groups / anchors.Length));
            }
        }

        return [.. tables.Select(table => Vector512.Create(table))];
    }
}
