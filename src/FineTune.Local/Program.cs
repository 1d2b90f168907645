using FineTune.Local.Cli;

return await FineTuneCommand.Create().Parse(args).InvokeAsync();
