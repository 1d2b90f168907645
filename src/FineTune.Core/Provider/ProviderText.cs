using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace FineTune.Provider;

/// <summary>The provider's words made fit to be stored and shown: short, on one line, and without anything that looks like a key.</summary>
internal static partial class ProviderText
{
    private const int Longest = 512;

    /// <summary>What is shorter is no secret, and would tear holes into ordinary words.</summary>
    private const int ShortestSecret = 8;

    // Of this process's settings; there is one, or a few where a test has several.
    private static ImmutableHashSet<string> _secrets = [];

    /// <summary>From now on this very text is taken out, too: a key need not look like one.</summary>
    public static void Hide(string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            ImmutableInterlocked.Update(ref _secrets, static (secrets, added) => secrets.Add(added), secret);
        }
    }

    public static string Clean(string text)
    {
        // Before it is cut, or half a key would be left at the end.
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        }

        StringBuilder clean = new(Math.Min(text.Length, Longest));
        foreach (char c in text)
        {
            if (clean.Length == Longest)
            {
                break;
            }

            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return KeyLike().Replace(clean.ToString(), "[key]");
    }

    /// <summary>OpenAI's keys, also as its 401 answers echo them with stars in the middle; Azure's old keys of 32 hex digits and new ones of 84 letters and digits.</summary>
    [GeneratedRegex(@"\b(sk|sess|emu)-[A-Za-z0-9_\-*]{6,}|\b[0-9A-Fa-f]{32}\b|\b[0-9A-Za-z]{84}\b", RegexOptions.NonBacktracking)]
    private static partial Regex KeyLike();
}
