using System.Runtime.CompilerServices;

namespace FineTune.Tokens;

/// <summary>
/// One encoding's merges: which token two neighbours become. A lower token is merged earlier, so a token is its own rank.
/// Only the last merge of each token is stored, since byte pair encoding never makes a token in any other way.
/// </summary>
internal sealed class Vocabulary
{
    public const int None = int.MaxValue;

    private const int Bytes = 256;
    private const int MergeSize = 6;
    private const int TokenBits = 18;
    private const int TokenMask = (1 << TokenBits) - 1;

    // At 200,000 merges about three slots in five stay empty, so that the usual answer, "these two do not merge", comes at the first look.
    private const int SlotBits = 19;

    private readonly int[] _byteTokens = new int[Bytes];

    /// <summary>The merges of two bytes again, by the bytes themselves: every piece begins with these.</summary>
    private readonly int[] _bytePairs = new int[Bytes * Bytes];

    /// <summary>Open addressing; a slot is left token, right token, merged token, 18 bits each, or 0.</summary>
    private readonly ulong[] _slots = new ulong[1 << SlotBits];

    public Vocabulary(string name)
    {
        byte[] data = VocabularyResource.Read(name);
        for (int token = 0; token < Bytes; token++)
        {
            _byteTokens[data[token]] = token;
        }

        AddMerges(data.AsSpan(Bytes));
        for (int pair = 0; pair < _bytePairs.Length; pair++)
        {
            _bytePairs[pair] = Merge(_byteTokens[pair / Bytes], _byteTokens[pair % Bytes]);
        }
    }

    public int OfByte(byte value) => _byteTokens[value];

    /// <summary>The token that two bytes merge into, or <see cref="None"/>.</summary>
    public int MergeBytes(byte left, byte right) => _bytePairs[left * Bytes + right];

    /// <summary>The token that <paramref name="left"/> and <paramref name="right"/> merge into, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Merge(int left, int right)
    {
        ulong pair = Pair(left, right);
        ulong[] slots = _slots;
        for (int at = SlotOf(pair); ; at = (at + 1) & (slots.Length - 1))
        {
            ulong slot = slots[at];
            if (slot >> TokenBits == pair)
            {
                return (int)slot & TokenMask;
            }

            if (slot == 0)
            {
                return None;
            }
        }
    }

    // Optimized at once: it runs once a process, and a first count should not wait for the slow version.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMerges(ReadOnlySpan<byte> merges)
    {
        ulong[] slots = _slots;
        for (int token = Bytes; merges.Length >= MergeSize; token++, merges = merges[MergeSize..])
        {
            int left = merges[0] | merges[1] << 8 | merges[2] << 16;
            int right = merges[3] | merges[4] << 8 | merges[5] << 16;
            ulong pair = Pair(left, right);
            int at = SlotOf(pair);
            while (slots[at] != 0)
            {
                at = (at + 1) & (slots.Length - 1);
            }

            slots[at] = pair << TokenBits | (uint)token;
        }
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << TokenBits | (uint)right;

    private static int SlotOf(ulong pair) => (int)(pair * 0x9E3779B97F4A7C15 >> (64 - SlotBits));
}
