using System.Numerics;

namespace FineTune.Datasets.Similarity;

/// <summary>
/// A text in sixteen bytes: 32 figures of four bits, of which two texts share about as many as they share word groups.
/// Known as one-permutation MinHash.
/// </summary>
internal readonly record struct Sketch(UInt128 Figures)
{
    /// <summary>How many figures there are.</summary>
    public const int Size = 32;

    /// <summary>How many parts of the figures a table looks texts up by.</summary>
    public const int Bands = 4;

    private const int BitsPerFigure = 4;

    // Different texts share every sixteenth figure by chance.
    private const double ByChance = 1.0 / 16;

    /// <summary>No sketch: the text has no words.</summary>
    public bool IsEmpty => Figures == 0;

    public uint Band(int index) => (uint)(Figures >> (32 * index));

    /// <summary>How many figures two sketches share.</summary>
    public int Shared(Sketch other)
    {
        UInt128 different = Figures ^ other.Figures;
        different |= different >> 2;
        different |= different >> 1;
        different &= new UInt128(0x1111_1111_1111_1111, 0x1111_1111_1111_1111);
        return Size - (int)(BitOperations.PopCount((ulong)different) + BitOperations.PopCount((ulong)(different >> 64)));
    }

    /// <summary>The share of word groups two texts have in common, in percent, as far as their sketches tell.</summary>
    public static int PercentAlike(int shared) => (int)Math.Round(100 * (((double)shared / Size) - ByChance) / (1 - ByChance));

    /// <summary>A sketch that shares its figures with no other.</summary>
    /// <param name="sum">Of the hashes of all groups; 0 when there are none.</param>
    public static Sketch OfFew(ulong sum)
    {
        ulong high = Math.BigMul(sum, 0xD6E8_FEB8_6659_FD93, out ulong low);
        return new Sketch(new UInt128(low ^ (high << 7), (low ^ high) * 0x9E37_79B9_7F4A_7C15));
    }

    /// <param name="smallest">Of each of <see cref="Size"/> groups of hashes the smallest; <see cref="uint.MaxValue"/> where there is none.</param>
    public static Sketch Of(ReadOnlySpan<uint> smallest)
    {
        UInt128 figures = 0;
        for (int index = 0; index < Size; index++)
        {
            // A group without a hash borrows from the next one that has some, the same in every text alike.
            int from = index;
            while (smallest[from] == uint.MaxValue)
            {
                from = (from + 1) % Size;
                if (from == index)
                {
                    return default;
                }
            }

            ulong mixed = (smallest[from] + ((ulong)(uint)(index - from) << 32)) * 0x9E37_79B9_7F4A_7C15;
            figures |= (UInt128)(mixed >> (64 - BitsPerFigure)) << (BitsPerFigure * index);
        }

        return new Sketch(figures);
    }
}
