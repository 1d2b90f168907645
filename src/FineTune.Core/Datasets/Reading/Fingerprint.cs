using System.Runtime.InteropServices;

namespace FineTune.Datasets.Reading;

/// <summary>A fast 64-bit hash for "have I seen this before"; no protection against someone who wants a collision.</summary>
internal static class Fingerprint
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xD6E8_FEB8_6659_FD93;

    public static ulong Of(ReadOnlySpan<byte> bytes) => Add(First, bytes);

    public static ulong Add(ulong hash, ulong word) => Fold(hash ^ word ^ First, word + Second);

    public static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash ^= (ulong)bytes.Length * Second;
        while (bytes.Length >= 16)
        {
            hash = Fold(MemoryMarshal.Read<ulong>(bytes) ^ hash, MemoryMarshal.Read<ulong>(bytes[8..]) ^ Second);
            bytes = bytes[16..];
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        bytes.CopyTo(tail);
        return Fold(MemoryMarshal.Read<ulong>(tail) ^ hash, MemoryMarshal.Read<ulong>(tail[8..]) ^ First);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low ^ left;
    }
}
