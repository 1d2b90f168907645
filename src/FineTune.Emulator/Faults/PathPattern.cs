namespace FineTune.Emulator.Faults;

/// <summary>Matches a request against a fault's method and path.</summary>
internal static class PathPattern
{
    public static bool Covers(this FaultMatch match, string method, string path)
        => (match.Method is null || match.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (match.Path is null || Covers(match.Path.Split('/'), path.Split('/')));

    private static bool Covers(string[] pattern, string[] path)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**")
            {
                return true;
            }

            if (i >= path.Length || (pattern[i] != "*" && pattern[i] != path[i]))
            {
                return false;
            }
        }

        return pattern.Length == path.Length;
    }
}
