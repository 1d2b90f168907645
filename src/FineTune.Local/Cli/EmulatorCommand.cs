using System.CommandLine;
using System.Text.Json;
using FineTune.Emulator;
using FineTune.Local.Hosting;

namespace FineTune.Local.Cli;

/// <summary><c>finetune emulator</c>: the provider's API on this machine, for any client.</summary>
internal static class EmulatorCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "Where to listen on 127.0.0.1.", DefaultValueFactory = _ => 4010 };
    private static readonly Option<double> Speed = new("--speed") { Description = "Emulated seconds per second.", DefaultValueFactory = _ => 40 };

    public static Command Create()
    {
        Command command = new("emulator", "Run the emulator of the provider alone. Simulated: it trains nothing.") { Port, Speed };
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        EmulatorOptions options = new()
        {
            Port = parsed.GetValue(Port),
            Speed = parsed.GetValue(Speed),
            StateFolder = parsed.DataFolder().Emulator,
        };
        await using EmulatorServer server = await LocalEmulator.StartServerAsync(options, cancellationToken);
        Listening listening = new(server.BaseAddress.AbsoluteUri, options.StateFolder);
        Console.WriteLine(parsed.IsJson() ? JsonSerializer.Serialize(listening, CliJson.Default.Listening)
            : $"The emulator listens at {listening.Address} and keeps its state in {listening.Folder}. Stop it with Ctrl+C.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }
}
