using System.Buffers;

namespace FineTune.Datasets.Secrets;

/// <summary>
/// Finds API keys: runs of letters, digits, hyphens and underscores long enough for one. Looks at every twentieth byte only, for no
/// shorter run can be a key, so that ordinary text costs next to nothing.
/// </summary>
internal static class KeyScanner
{
    public const int ShortestKey = 20;

    // A JSON web token starts like the JSON {" in base64; its parts are joined by points.
    private const int ShortestWebToken = 60;

    private static readonly SearchValues<byte> RunBytes
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    public static bool TryFind(ReadOnlySpan<byte> text, ref int at, out Secret secret)
    {
        for (int probe = at + ShortestKey - 1; probe < text.Length; probe += ShortestKey)
        {
            if (!RunBytes.Contains(text[probe]))
            {
                continue;
            }

            int start = StartOfRun(text, at, probe);
            int length = text[start..].IndexOfAnyExcept(RunBytes);
            int end = length < 0 ? text.Length : start + length;
            if (end - start >= ShortestKey && OwnerOf(text[start..end]) is { } owner)
            {
                at = end;
                secret = new Secret(SecretKind.ApiKey, start, owner);
                return true;
            }

            probe = Math.Max(probe, end - 1);
        }

        secret = default;
        return false;
    }

    private static int StartOfRun(ReadOnlySpan<byte> text, int from, int probe)
    {
        int start = probe;
        while (start > from && RunBytes.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static string? OwnerOf(ReadOnlySpan<byte> run)
    {
        if (run.StartsWith("eyJ"u8) && run.Length >= ShortestWebToken && run.Count((byte)'.') == 2)
        {
            return "a JSON web token's owner";
        }

        foreach (var shape in KeyShape.All)
        {
            if (shape.IsShapeOf(run.TrimEnd((byte)'.')))
            {
                return shape.Owner;
            }
        }

        return null;
    }
}
