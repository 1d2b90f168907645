using System.Text.RegularExpressions;

namespace FineTune.Local.Cli;

/// <summary>A name as it has to be typed, for commands that people copy from the output.</summary>
internal static partial class ShellWord
{
    public static string Of(string name) => Plain().IsMatch(name) ? name
        : OperatingSystem.IsWindows() ? $"\"{name}\""
        : $"'{name.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\p{L}\p{N}_./:@%+,\\][\p{L}\p{N}_./:@%+,=\\-]*$")]
    private static partial Regex Plain();
}
