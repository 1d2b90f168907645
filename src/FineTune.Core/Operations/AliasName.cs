namespace FineTune.Operations;

/// <summary>What an alias may be called: anything that fits on a line, as applications and people have to write it again.</summary>
internal static class AliasName
{
    private const int Longest = 200;

    /// <exception cref="InvalidRequestException">It is empty, longer than a line or on several.</exception>
    public static void Require(string alias)
    {
        if (string.IsNullOrWhiteSpace(alias) || alias.Length > Longest || alias.Any(char.IsControl))
        {
            throw new InvalidRequestException($"That alias cannot be used. Choose 1 to {Longest} characters on one line.");
        }
    }
}
