using System.CommandLine;
using FineTune.Local.Cli;

ParseResult parsed = FineTuneCommand.Create().Parse(args is [] ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    return WrongUsage.Tell(parsed);
}

return await parsed.InvokeAsync();
