using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tokens;

/// <summary>
/// Remembers how many tokens a short piece has. Text repeats its words, so nearly every piece is answered here, by one load and one
/// comparison. A new piece takes the place of the old one in its slot; nothing is shared between threads.
/// </summary>
internal sealed class PieceMemo
{
    /// <summary>Longer pieces are not remembered. A slot is the piece's bytes, zeros, and a last byte for the length and the count.</summary>
    public const int LongestPiece = 15;

    /// <summary>A piece may be looked up only where this many bytes can be read from its start.</summary>
    public const int Window = 16;

    // 1 MB a thread: what a core's second-level cache keeps.
    private const int SlotBits = 16;
    private const int CountShift = 4;

    private static readonly Vector128<byte> AllButTheCount = Vector128.Create(byte.MaxValue).WithElement(LongestPiece, (byte)0x0F);

    private readonly Vector128<byte>[] _slots = new Vector128<byte>[1 << SlotBits];

    /// <summary>Asked first, for pieces that fit; what it has lost to another piece is still here.</summary>
    public ShortPieceMemo Short { get; } = new();

    /// <summary>The piece of <paramref name="length"/> bytes at the start of <paramref name="window"/>, as a slot holds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> KeyOf(ReadOnlySpan<byte> window, int length)
    {
        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(window[..Window]));
        var inside = Vector128.LessThan(Vector128<byte>.Indices.AsSByte(), Vector128.Create((sbyte)length)).AsByte();
        return (bytes & inside).WithElement(LongestPiece, (byte)length);
    }

    /// <summary>The number of tokens of the piece, or 0 when it is not remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Vector128<byte> key)
    {
        var slot = _slots[SlotOf(key)];
        return ((slot ^ key) & AllButTheCount) == Vector128<byte>.Zero ? slot.GetElement(LongestPiece) >> CountShift : 0;
    }

    public void Remember(Vector128<byte> key, int count)
        => _slots[SlotOf(key)] = key.WithElement(LongestPiece, (byte)(key.GetElement(LongestPiece) | count << CountShift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(Vector128<byte> key)
    {
        var halves = key.AsUInt64();
        ulong mixed = halves.GetElement(0) * 0x9E3779B97F4A7C15 + halves.GetElement(1) * 0xC2B2AE3D27D4EB4F;
        return (int)(mixed >> (64 - SlotBits));
    }
}
