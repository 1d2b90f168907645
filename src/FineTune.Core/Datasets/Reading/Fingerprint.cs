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

        return Fold(LowWord(bytes) ^ hash, HighWord(bytes) ^ First);
    }

    // The last bytes, fewer than sixteen, as two words with zeros behind them.
    private static ulong LowWord(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= 8 => MemoryMarshal.Read<ulong>(bytes),
        >= 4 => MemoryMarshal.Read<uint>(bytes) | ((ulong)MemoryMarshal.Read<uint>(bytes[^4..]) << (8 * (bytes.Length - 4))),
        > 0 => bytes[0] | ((ulong)bytes[bytes.Length / 2] << (8 * (bytes.Length / 2))) | ((ulong)bytes[^1] << (8 * (bytes.Length - 1))),
        _ => 0,
    };

    private static ulong HighWord(ReadOnlySpan<byte> bytes)
        => bytes.Length > 8 ? MemoryMarshal.Read<ulong>(bytes[^8..]) >> (8 * (16 - bytes.Length)) : 0;

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low ^ left;
    }
}
