using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FineTune.Local.Cli;

/// <summary>Help that lists each command in a line; what else there is to say of it stands in its own help.</summary>
internal sealed class BriefHelp(HelpAction whole) : SynchronousCommandLineAction
{
    public static void Use(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new BriefHelp((HelpAction)help.Action!);
    }

    /// <summary>Who asks for help with a command has not written all of it yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = FirstSentence(command.Description!);
        }

        return whole.Invoke(parseResult);
    }

    private static string FirstSentence(string description)
        => description.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.') + ".";
}
