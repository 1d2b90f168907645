using System.Buffers.Binary;
using System.Numerics;
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
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD6E8_FEB8_6659_FD93;
    private const ulong Third = 0xA076_1D64_78BD_642F;

    // Sets the bit that tells lower from upper case. Other characters are only mixed up with each other.
    private const ulong LowerCase = 0x2020_2020_2020_2020;

    // The first byte of every character from U+3000 on: Chinese, Japanese, Korean.
    private const byte FirstWide = 0xE3;

    // With fewer groups than that two texts share figures by chance.
    private const int FewGroups = 40;

    private readonly uint[] _smallest = new uint[Sketch.Size];
    private int _groups;
    private ulong _sum;

    public void Start()
    {
        Array.Fill(_smallest, uint.MaxValue);
        (_groups, _sum) = (0, 0);
    }

    public Sketch End() => _groups >= FewGroups ? Sketch.Of(_smallest) : Sketch.OfFew(_sum);

    public void Add(ReadOnlySpan<byte> text)
    {
        uint wasLetter = 0;
        Span<uint> smallest = _smallest;
        for (int at = 0; at < text.Length; at += Vector256<byte>.Count)
        {
            var (letters, wide) = ClassesAt(text[at..]);
            uint starts = (letters & ~((letters << 1) | wasLetter)) | wide;
            wasLetter = letters >> 31;
            _groups += BitOperations.PopCount(starts);
            _sum += AddGroups(text[at..], starts, smallest);
        }
    }

    private static ulong AddGroups(ReadOnlySpan<byte> text, uint starts, Span<uint> smallest)
    {
        ulong sum = 0;
        for (; starts != 0; starts &= starts - 1)
        {
            int start = BitOperations.TrailingZeroCount(starts);
            ulong hash = start <= text.Length - GroupBytes ? HashOf(text.Slice(start, GroupBytes)) : HashOfLast(text[start..]);
            sum += hash;
            ref uint least = ref smallest[(int)(hash >> 59)];
            least = Math.Min(least, (uint)(hash >> 16));
        }

        return sum;
    }

    /// <summary>A bit for each of the next 32 bytes, as far as there are so many: letters, digits and all that is no ASCII; wide characters.</summary>
    private static (uint Letters, uint Wide) ClassesAt(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Vector256<byte>.Count)
        {
            return ClassesOf(Vector256.Create(text));
        }

        Span<byte> padded = stackalloc byte[Vector256<byte>.Count];
        padded.Clear();
        text.CopyTo(padded);
        return ClassesOf(Vector256.Create<byte>(padded));
    }

    private static (uint Letters, uint Wide) ClassesOf(Vector256<byte> bytes)
    {
        var lower = bytes | Vector256.Create((byte)0x20);
        var letters = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var digits = Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        uint others = bytes.ExtractMostSignificantBits();
        uint wide = others == 0 ? 0 : Vector256.GreaterThanOrEqual(bytes, Vector256.Create(FirstWide)).ExtractMostSignificantBits();
        return ((letters | digits).ExtractMostSignificantBits() | others, wide);
    }

    private static ulong HashOfLast(ReadOnlySpan<byte> text)
    {
        Span<byte> padded = stackalloc byte[GroupBytes];
        padded.Clear();
        text.CopyTo(padded);
        return HashOf(padded);
    }

    private static ulong HashOf(ReadOnlySpan<byte> group)
    {
        ulong left = (BinaryPrimitives.ReadUInt64LittleEndian(group) | LowerCase) * First;
        ulong right = (BinaryPrimitives.ReadUInt64LittleEndian(group[8..]) | LowerCase) * Second;
        ulong hash = left ^ BitOperations.RotateLeft(right, 31);
        return (hash ^ (hash >> 32)) * Third;
    }
}
