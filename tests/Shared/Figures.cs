namespace FineTune.Tests.Shared;

/// <summary>Figures for <c>docs/reliability.md</c>: each test that measures leaves rows of a table, and <c>bench/reliability.sh</c> puts them together.</summary>
internal static class Figures
{
    private const string Variable = "FT_FIGURES";

    /// <summary>Without effect unless the environment says where to.</summary>
    /// <param name="part">Names the file; parts come in the order of their names.</param>
    public static void Write(string part, params (string What, string Figure)[] rows)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            File.WriteAllLines(Path.Combine(folder, part), rows.Select(row => $"| {row.What} | {row.Figure} |"));
        }
    }
}
