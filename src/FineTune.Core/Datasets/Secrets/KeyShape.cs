using System.Buffers;

namespace FineTune.Datasets.Secrets;

/// <summary>What the keys of one service look like: a beginning nobody writes by chance, and enough of certain characters behind it.</summary>
/// <param name="Owner">Whose keys they are.</param>
/// <param name="Least">Characters behind the beginning, at least.</param>
/// <param name="Characters">Those that may come behind it.</param>
internal sealed record KeyShape(string Owner, byte[] Beginning, int Least, SearchValues<byte> Characters)
{
    private static readonly SearchValues<byte> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> Alphanumeric = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> Upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Those services document; a beginning comes before any it is the beginning of.</summary>
    public static readonly KeyShape[] All =
    [
        new("OpenAI or a compatible service", "sk-"u8, 20, Token),
        new("Stripe", "sk_live_"u8, 16, Alphanumeric),
        new("Stripe", "rk_live_"u8, 16, Alphanumeric),
        new("AWS", "AKIA"u8, 16, Upper),
        new("AWS", "ASIA"u8, 16, Upper),
        new("GitHub", "ghp_"u8, 36, Alphanumeric),
        new("GitHub", "gho_"u8, 36, Alphanumeric),
        new("GitHub", "ghu_"u8, 36, Alphanumeric),
        new("GitHub", "ghs_"u8, 36, Alphanumeric),
        new("GitHub", "ghr_"u8, 36, Alphanumeric),
        new("GitHub", "github_pat_"u8, 22, Token),
        new("GitLab", "glpat-"u8, 20, Token),
        new("Slack", "xoxb-"u8, 20, Token),
        new("Slack", "xoxp-"u8, 20, Token),
        new("Slack", "xoxa-"u8, 20, Token),
        new("Google", "AIza"u8, 35, Token),
        new("Hugging Face", "hf_"u8, 30, Alphanumeric),
        new("npm", "npm_"u8, 36, Alphanumeric),
        new("PyPI", "pypi-"u8, 50, Token),
        new("DigitalOcean", "dop_v1_"u8, 64, Hex),
        new("Databricks", "dapi"u8, 32, Hex),
        new("Shopify", "shpat_"u8, 32, Hex),
    ];

    private KeyShape(string owner, ReadOnlySpan<byte> beginning, int least, SearchValues<byte> characters)
        : this(owner, beginning.ToArray(), least, characters)
    {
    }

    /// <summary>Whether a run of characters is such a key, to its end.</summary>
    public bool IsShapeOf(ReadOnlySpan<byte> run)
        => run.StartsWith(Beginning)
            && run.Length >= Beginning.Length + Least
            && !run.Slice(Beginning.Length, Least).ContainsAnyExcept(Characters)
            && (Characters != Upper || run.Length == Beginning.Length + Least);
}
