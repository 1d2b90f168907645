using System.CommandLine;
using FineTune.Local.Cli;

ParseResult parsed = FineTuneCommand.Create().Parse(args);
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
