using System.Text.Json;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Jobs;

/// <summary>Metadata within the documented limits: 16 pairs, keys of 64 characters, values of 512.</summary>
internal static class MetadataReader
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    /// <exception cref="ApiException">400 beyond a limit.</exception>
    public static Dictionary<string, string>? Read(JsonElement body)
    {
        if (body.OptionalObject("metadata") is not { } metadata)
        {
            return null;
        }

        var pairs = metadata.EnumerateObject().ToList();
        Require(pairs.Count <= MostPairs, $"expected at most {MostPairs} pairs, but got {pairs.Count}");
        foreach (var pair in pairs)
        {
            Require(pair.Name.Length <= LongestKey, $"a key is longer than {LongestKey} characters");
            Require(pair.Value.ValueKind == JsonValueKind.String, "every value must be a string");
            Require(pair.Value.GetString()!.Length <= LongestValue, $"a value is longer than {LongestValue} characters");
        }

        return pairs.DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw ApiException.BadRequest($"Invalid 'metadata': {otherwise}.", "metadata", "invalid_value");
        }
    }
}
