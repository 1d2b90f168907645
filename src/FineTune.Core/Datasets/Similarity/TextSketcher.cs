using System.Numerics;
using System.Runtime.Intrinsics;

namespace FineTune.Datasets.Similarity;

/// <summary>
/// Sketches one text after another, given in pieces. Words are letters and digits in either case; punctuation and white space do not
/// count. Every character of a script without spaces is a word. Nothing is allocated.
/// </summary>
internal sealed class TextSketcher
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD6E8_FEB8_6659_FD93;
    private const ulong Third = 0xA076_1D64_78BD_642F;

    // Of a word longer than this, as of base64, so many bytes and the length.
    private const int LongestWord = 16;

    // The first bytes of the characters from U+3000 on.
    private const byte FirstWide = 0xE3;
    private const byte LastWide = 0xEF;

    private readonly uint[] _smallest = new uint[Sketch.Size];
    private ulong _last;
    private ulong _lastButOne;

    public void Start()
    {
        Array.Fill(_smallest, uint.MaxValue);
        (_last, _lastButOne) = (0, 0);
    }

    public Sketch End() => Sketch.Of(_smallest);

    public void Add(ReadOnlySpan<byte> text)
    {
        int at = 0;
        int start = -1;
        while (at < text.Length)
        {
            uint letters = LettersAt(text, at, out int window);

            // Each change between letters and others is a bit: a word begins or ends there.
            uint changes = letters ^ ((letters << 1) | (start < 0 ? 0u : 1u));
            changes &= window == 32 ? uint.MaxValue : (1u << window) - 1;
            for (; changes != 0; changes &= changes - 1)
            {
                int edge = at + BitOperations.TrailingZeroCount(changes);
                if (start >= 0)
                {
                    AddWord(text, start, edge);
                }

                start = start < 0 ? edge : -1;
            }

            at += window;
        }

        if (start >= 0)
        {
            AddWord(text, start, text.Length);
        }
    }

    /// <summary>A bit for each of the next 32 bytes, or as many as there are, that is a letter, a digit or no ASCII.</summary>
    private static uint LettersAt(ReadOnlySpan<byte> text, int at, out int window)
    {
        var bytes = text[at..];
        window = Math.Min(bytes.Length, Vector256<byte>.Count);
        if (window == Vector256<byte>.Count)
        {
            var vector = Vector256.Create(bytes);
            var lower = vector | Vector256.Create((byte)0x20);
            var letters = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
            var digits = Vector256.LessThan(vector - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
            return (letters | digits | Vector256.GreaterThan(vector, Vector256.Create((byte)0x7F))).ExtractMostSignificantBits();
        }

        uint mask = 0;
        for (int index = 0; index < window; index++)
        {
            mask |= char.IsAsciiLetterOrDigit((char)bytes[index]) || bytes[index] > 0x7F ? 1u << index : 0;
        }

        return mask;
    }

    private void AddWord(ReadOnlySpan<byte> text, int start, int end)
    {
        var word = Read(text, start, end);
        bool mayBeWide = word.ExtractMostSignificantBits() != 0 || end - start > LongestWord;
        if (mayBeWide && text[start..end].IndexOfAnyInRange(FirstWide, LastWide) >= 0)
        {
            AddWideWords(text, start, end);
            return;
        }

        AddShingle(HashOf(word, end - start));
    }

    // Chinese, Japanese, Korean: a character is a word. The bytes that continue one are below 0xC0.
    private void AddWideWords(ReadOnlySpan<byte> text, int start, int end)
    {
        for (int at = start; at < end;)
        {
            int next = at + 1;
            bool isWide = text[at] >= FirstWide;
            while (next < end && (isWide ? text[next] is >= 0x80 and < 0xC0 : text[next] < FirstWide))
            {
                next++;
            }

            AddShingle(HashOf(Read(text, at, next), next - at));
            at = next;
        }
    }

    private static Vector128<byte> Read(ReadOnlySpan<byte> text, int start, int end)
    {
        int length = Math.Min(end - start, LongestWord);
        if (start + LongestWord <= text.Length)
        {
            var isOfWord = Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));
            return Vector128.Create(text.Slice(start, LongestWord)) & isOfWord;
        }

        Span<byte> padded = stackalloc byte[LongestWord];
        padded.Clear();
        text.Slice(start, length).CopyTo(padded);
        return Vector128.Create<byte>(padded);
    }

    // Sets the bit that tells lower from upper case, in digits, too, which have it anyway.
    private static ulong HashOf(Vector128<byte> word, int length)
    {
        var halves = (word | Vector128.Create((byte)0x20)).AsUInt64();
        ulong high = Math.BigMul(halves[0] ^ First, (halves[1] ^ Second) + (ulong)length, out ulong low);
        return high ^ low;
    }

    private void AddShingle(ulong word)
    {
        ulong hash = (word * First) + (BitOperations.RotateLeft(_last, 21) * Second) + (BitOperations.RotateLeft(_lastButOne, 42) * Third);
        hash = (hash ^ (hash >> 32)) * Second;
        (_lastButOne, _last) = (_last, word);
        ref uint group = ref _smallest[hash >> 59];
        group = Math.Min(group, (uint)(hash >> 16));
    }
}
