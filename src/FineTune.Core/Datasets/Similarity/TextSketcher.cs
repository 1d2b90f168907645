using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FineTune.Datasets.Similarity;

/// <summary>
/// Sketches one text after another, given in pieces, by the groups of sixteen bytes that begin where a word begins, about three words
/// each, in lower case. In scripts without spaces every character begins a group. Of a
/// text with few groups the sketch is that of the same text only. Nothing is allocated.
/// </summary>
internal sealed class TextSketcher
{
    private const int GroupBytes = 16;

    // Bytes looked at together, and those that must be readable from there: a group may begin at the last of them.
    private const int Window = 64;
    private const int Readable = Window + GroupBytes;

    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD6E8_FEB8_6659_FD93;
    private const ulong Third = 0xA076_1D64_78BD_642F;

    // Sets the bit that tells lower from upper case. Other characters are only mixed up with each other.
    private const ulong LowerCase = 0x2020_2020_2020_2020;

    // The first byte of every character from U+3000 on: Chinese, Japanese, Korean.
    private const byte FirstWide = 0xE3;

    // With fewer groups than that two texts share figures by chance.
    private const int FewGroups = 40;

    private const int Half = Sketch.Size / 2;

    private readonly uint[] _smallest = new uint[Sketch.Size];
    private int _groups;
    private ulong _sum;

    private static ReadOnlySpan<uint> Figures
        => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];

    public void Start()
    {
        Array.Fill(_smallest, uint.MaxValue);
        (_groups, _sum) = (0, 0);
    }

    public Sketch End() => _groups >= FewGroups ? Sketch.Of(_smallest) : Sketch.OfFew(_sum);

    public void Add(ReadOnlySpan<byte> text)
    {
        ulong wasLetter = 0;
        int done = AddWindows(text, ref wasLetter);

        // The last bytes, where zeros follow them.
        Span<byte> rest = stackalloc byte[Window + Readable];
        rest.Clear();
        text[done..].CopyTo(rest);
        AddWindows(rest, ref wasLetter);
    }

    /// <summary>Adds the groups that begin in windows from which all of them are readable; returns where the next window begins.</summary>
    /// <param name="wasLetter">1 when the byte before the text belongs to a word.</param>
    private int AddWindows(ReadOnlySpan<byte> text, ref ulong wasLetter)
    {
        int at = 0;
        for (; at + Readable <= text.Length; at += Window)
        {
            ref readonly byte window = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
            ulong letters = LettersAt(in window, out ulong wide);
            ulong starts = (letters & ~((letters << 1) | wasLetter)) | wide;
            wasLetter = letters >> (Window - 1);
            AddGroups(in window, starts);
        }

        return at;
    }

    // The smallest hashes stay in registers: in memory each group would wait for what the one before has written.
    private void AddGroups(ref readonly byte window, ulong starts)
    {
        var (low, high) = (Vector512.Create<uint>(_smallest), Vector512.Create<uint>(_smallest.AsSpan(Half)));
        var (lowFigures, highFigures) = (Vector512.Create(Figures), Vector512.Create(Figures[Half..]));
        ulong sum = 0;
        _groups += BitOperations.PopCount(starts);
        for (; starts != 0; starts &= starts - 1)
        {
            ulong hash = HashOf(in Unsafe.Add(ref Unsafe.AsRef(in window), BitOperations.TrailingZeroCount(starts)));
            sum += hash;
            var figure = Vector512.Create((uint)(hash >> 59));
            var value = Vector512.Create((uint)(hash >> 16));
            low = Vector512.Min(low, value | ~Vector512.Equals(figure, lowFigures));
            high = Vector512.Min(high, value | ~Vector512.Equals(figure, highFigures));
        }

        _sum += sum;
        low.CopyTo(_smallest);
        high.CopyTo(_smallest, Half);
    }

    /// <summary>A bit for each byte of a window: letters, digits and all that is no ASCII; of these, the first bytes of wide characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LettersAt(ref readonly byte window, out ulong wide)
    {
        var bytes = Vector512.LoadUnsafe(in window);
        var lower = bytes | Vector512.Create(LowerCase).AsByte();
        var letters = Vector512.LessThan(lower - Vector512.Create((byte)'a'), Vector512.Create((byte)26));
        var digits = Vector512.LessThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)10));
        ulong others = bytes.ExtractMostSignificantBits();
        wide = others == 0 ? 0 : Vector512.GreaterThanOrEqual(bytes, Vector512.Create(FirstWide)).ExtractMostSignificantBits();
        return (letters | digits).ExtractMostSignificantBits() | others;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(ref readonly byte group)
    {
        ulong left = (Unsafe.ReadUnaligned<ulong>(in group) | LowerCase) * First;
        ulong right = (Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in group), sizeof(ulong))) | LowerCase) * Second;
        ulong hash = left ^ BitOperations.RotateLeft(right, 31);
        return (hash ^ (hash >> 32)) * Third;
    }
}
