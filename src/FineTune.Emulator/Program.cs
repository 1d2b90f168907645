using FineTune.Emulator;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
