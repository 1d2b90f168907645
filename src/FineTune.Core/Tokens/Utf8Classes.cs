using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace FineTune.Tokens;

/// <summary>
/// Classifies the characters of valid UTF-8 as the regular expression engine inside tiktoken does.
/// The runtime's own Unicode data is not asked: it changes with the runtime, and counts must not.
/// </summary>
internal static class Utf8Classes
{
    private const int CodePoints = 0x110000;

    private static readonly byte[] Classes = Load();

    /// <summary>The class of the character at <paramref name="at"/>, as a set of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClasses ClassAt(ReadOnlySpan<byte> text, int at, out int next)
    {
        int lead = text[at];
        if (lead < 0x80)
        {
            next = at + 1;
            return (CharacterClasses)(1 << Classes[lead]);
        }

        return (CharacterClasses)(1 << Classes[DecodeAt(text, at, lead, out next)]);
    }

    /// <summary>Whether the character at <paramref name="at"/> is of <paramref name="wanted"/>; false at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAt(ReadOnlySpan<byte> text, int at, CharacterClasses wanted, out int next)
    {
        if ((uint)at >= (uint)text.Length)
        {
            next = at;
            return false;
        }

        return (ClassAt(text, at, out next) & wanted) != 0;
    }

    /// <summary>The end of the run of <paramref name="wanted"/> characters that starts at <paramref name="at"/>.</summary>
    public static int EndOfRun(ReadOnlySpan<byte> text, int at, CharacterClasses wanted)
    {
        while (IsAt(text, at, wanted, out int next))
        {
            at = next;
        }

        return at;
    }

    private static int DecodeAt(ReadOnlySpan<byte> text, int at, int lead, out int next)
    {
        if (lead < 0xE0)
        {
            next = at + 2;
            return (lead & 0x1F) << 6 | text[at + 1] & 0x3F;
        }

        if (lead < 0xF0)
        {
            next = at + 3;
            return (lead & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
        }

        next = at + 4;
        return (lead & 0x07) << 18 | (text[at + 1] & 0x3F) << 12 | (text[at + 2] & 0x3F) << 6 | text[at + 3] & 0x3F;
    }

    /// <summary>The data is a list of runs: the code point after the run, times eight, plus the run's class.</summary>
    private static byte[] Load()
    {
        ReadOnlySpan<byte> runs = VocabularyResource.Read("unicode");
        byte[] classes = new byte[CodePoints];
        int start = 0;
        for (int at = 0; at < runs.Length; at += sizeof(int))
        {
            int run = BinaryPrimitives.ReadInt32LittleEndian(runs[at..]);
            int end = run >> 3;
            classes.AsSpan(start, end - start).Fill((byte)(run & 7));
            start = end;
        }

        return classes;
    }
}
