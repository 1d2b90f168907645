using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FineTune.Emulator.Storage;

/// <summary>Ids in the provider's alphabet: random, or repeatable under a seed without ever repeating across restarts.</summary>
internal sealed class IdSource(int? seed)
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private long _issued;

    /// <summary>How often this state was opened; part of every seeded id.</summary>
    public int Opening { get; set; }

    public string Next(string prefix, int length) => seed is null
        ? prefix + RandomNumberGenerator.GetString(Alphabet, length)
        : prefix + Derive(string.Create(CultureInfo.InvariantCulture, $"{seed}/{Opening}/{Interlocked.Increment(ref _issued)}"), length);

    public int NextSeed() => seed is null
        ? RandomNumberGenerator.GetInt32(int.MaxValue)
        : (int)(Fraction(string.Create(CultureInfo.InvariantCulture, $"{seed}/{Interlocked.Increment(ref _issued)}")) * int.MaxValue);

    /// <summary>The same text always gives the same id, so what follows from a job needs no storage of its own.</summary>
    public static string Derive(string source, int length)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(source, hash);
        Span<char> id = stackalloc char[length];
        for (int i = 0; i < length; i++)
        {
            id[i] = Alphabet[hash[i] % Alphabet.Length];
        }

        return new string(id);
    }

    /// <summary>A number in [0, 1) that depends on nothing but the text.</summary>
    public static double Fraction(string source)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(source, hash);
        return (BitConverter.ToUInt64(hash) >> 11) / (double)(1UL << 53);
    }

    private static void Hash(string source, Span<byte> hash) => SHA256.HashData(Encoding.UTF8.GetBytes(source), hash);
}
