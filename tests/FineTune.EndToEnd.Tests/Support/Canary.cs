using System.Text;

namespace FineTune.EndToEnd.Tests;

/// <summary>A text that must not come out anywhere, in whatever dress.</summary>
internal sealed class Canary(string text)
{
    private readonly (string Dress, byte[] Bytes)[] _dresses = [.. Dresses(text)];

    /// <summary>How it is dressed in <paramref name="content"/>; null where it is not.</summary>
    public string? FindIn(byte[] content)
        => _dresses.FirstOrDefault(dress => content.AsSpan().IndexOf(dress.Bytes) >= 0).Dress is { } dress ? $"'{text}' {dress}" : null;

    private static IEnumerable<(string Dress, byte[] Bytes)> Dresses(string text)
    {
        yield return ("as it is", Encoding.UTF8.GetBytes(text));
        yield return ("in UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("in a URL", Encoding.UTF8.GetBytes(Uri.EscapeDataString(text)));
        yield return ("in a form", Encoding.UTF8.GetBytes(text.Replace(' ', '+')));
        for (int before = 0; before < 3; before++)
        {
            // Wherever it begins within three bytes, these characters are the same; those at the edges mix with the neighbours.
            string base64 = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(text)]);
            yield return ($"in base64 ({before})", Encoding.ASCII.GetBytes(base64[4..^4]));
        }
    }
}
