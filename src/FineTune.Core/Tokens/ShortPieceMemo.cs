using System.Runtime.CompilerServices;

namespace FineTune.Tokens;

/// <summary>
/// Remembers how many tokens a piece of up to seven bytes has, as most have, in slots of one word: the bytes, zeros, and a last byte of
/// length and count. Eight slots share a cache line, so that a language's frequent words stay in the nearest caches.
/// </summary>
internal sealed class ShortPieceMemo
{
    public const int LongestPiece = 7;

    // 128 KB a thread; measured: half of it is too small for one text's words, twice of it gains nothing.
    private const int SlotBits = 14;

    private const int CountShift = 56;
    private const int LengthShift = 60;
    private const ulong CountMask = 0xFUL << CountShift;

    private readonly ulong[] _slots = new ulong[1 << SlotBits];

    /// <summary>The first <paramref name="length"/> bytes of <paramref name="bytes"/>, as a slot holds them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong KeyOf(ulong bytes, int length) => (bytes & ~(ulong.MaxValue << (8 * length))) | (ulong)length << LengthShift;

    /// <summary>The number of tokens of the piece, or 0 when it is not remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong key)
    {
        ulong slot = _slots[SlotOf(key)];
        return ((slot ^ key) & ~CountMask) == 0 ? (int)((slot & CountMask) >> CountShift) : 0;
    }

    public void Remember(ulong key, int count) => _slots[SlotOf(key)] = key | (ulong)count << CountShift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ulong key) => (int)(key * 0x9E3779B97F4A7C15 >> (64 - SlotBits));
}
