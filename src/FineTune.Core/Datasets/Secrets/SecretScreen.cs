using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FineTune.Datasets.Secrets;

/// <summary>
/// Looks at a text once, 64 bytes at a time, and tells which secrets are worth searching for. Ordinary text shows no sign of any.
/// </summary>
internal static class SecretScreen
{
    private const int Window = 64;

    // Windows overlap, so that every run of that length lies whole in one of them.
    private const int Step = Window - KeyScanner.ShortestKey + 1;

    public static SecretSigns SignsIn(ReadOnlySpan<byte> text)
    {
        var signs = SecretSigns.None;
        int digits = 0;
        int at = 0;
        for (; at + Window <= text.Length; at += Step)
        {
            signs |= SignsAt(in Unsafe.Add(ref MemoryMarshal.GetReference(text), at), Step, ref digits);
        }

        // The last bytes, where zeros follow them.
        Span<byte> rest = stackalloc byte[Window];
        rest.Clear();
        text[at..].CopyTo(rest);
        signs |= SignsAt(in MemoryMarshal.GetReference(rest), Window, ref digits);
        return digits >= NumberScanner.ShortestNumber ? signs | SecretSigns.Digits : signs;
    }

    /// <param name="own">Bytes of the window that are in no later one.</param>
    /// <param name="digits">Counts the digits of all windows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SecretSigns SignsAt(ref readonly byte window, int own, ref int digits)
    {
        var bytes = Vector512.LoadUnsafe(in window);
        ulong upper = Among(bytes, (byte)'A', 26);
        ulong digit = Among(bytes, (byte)'0', 10);
        ulong hyphen = Is(bytes, (byte)'-');
        ulong run = upper | digit | hyphen | Among(bytes, (byte)'a', 26) | Is(bytes, (byte)'_') | Is(bytes, (byte)'.');
        digits += BitOperations.PopCount(digit << (Window - own));
        return (HasRun(run, KeyScanner.ShortestKey) ? SecretSigns.LongRun : 0)
            | (HasRun(hyphen, 5) ? SecretSigns.Hyphens : 0)
            | ((digit & (upper << 1) & (upper << 2)) != 0 ? SecretSigns.Digits : 0)
            | (Is(bytes, (byte)'@') != 0 ? SecretSigns.At : 0);
    }

    /// <summary>Whether so many bits in a row are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasRun(ulong bits, int length)
    {
        int found = 1;
        for (; found * 2 <= length; found *= 2)
        {
            bits &= bits >> found;
        }

        return (bits & (bits >> (length - found))) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Among(Vector512<byte> bytes, byte first, byte count)
        => Vector512.LessThan(bytes - Vector512.Create(first), Vector512.Create(count)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Is(Vector512<byte> bytes, byte value) => Vector512.Equals(bytes, Vector512.Create(value)).ExtractMostSignificantBits();
}
