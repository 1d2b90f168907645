using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace FineTune.Local.Cli;

/// <summary>Says what of a command line was not understood, in the user's words, and where help is.</summary>
internal static partial class WrongUsage
{
    public static int Tell(ParseResult parsed)
    {
        foreach (string words in parsed.Errors.Select(error => Words(error.Message)).Distinct())
        {
            Console.Error.WriteLine($"finetune: {words}");
        }

        Console.Error.WriteLine($"Help: {ProgramName.Text} {PathOf(parsed.CommandResult)}--help");
        return ExitCode.Usage;
    }

    /// <summary>The parser names types of .NET, which mean nothing to who types a command.</summary>
    private static string Words(string message)
    {
        Match wrong = WrongValue().Match(message);
        if (!wrong.Success)
        {
            return message;
        }

        string[] words = wrong.Groups["words"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string expected = words.Length > 0 ? string.Join(" or ", words).ToLowerInvariant()
            : wrong.Groups["type"].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number that is not too large"
            : "a number";
        return $"{wrong.Groups["name"].Value} is '{wrong.Groups["value"].Value}'; expected {expected}.";
    }

    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)}{command.Command.Name} " : "";

    [GeneratedRegex(
        @"^Cannot parse argument '(?<value>.*)' for (option|command) '(?<name>[^']+)' as expected type '(?<type>[^']+)'\.( Did you mean one of the following\?(?<words>.*))?$",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex WrongValue();
}
