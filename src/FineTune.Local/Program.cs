using System.CommandLine;
using FineTune.Local.Cli;

ParseResult parsed = FineTuneCommand.Create().Parse(args);
if (parsed.Errors.Count > 0 && args.Length > 0)
{
    return WrongUsage.Tell(parsed);
}

int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
