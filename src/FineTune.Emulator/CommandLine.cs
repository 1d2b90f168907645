using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FineTune.Emulator;

/// <summary>The emulator as a program: reads its options, serves until it is told to stop.</summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    private const string Help = """
        A stand-in for the OpenAI fine-tuning API. Nothing is trained: curves and answers are simulated from the dataset.

          --port N          Port on the host; 0 picks a free one (default 4010).
          --host ADDRESS    Default 127.0.0.1. Anything but loopback needs --allow-remote.
          --allow-remote    Let other machines in. Any key is accepted, so mind where.
          --state FOLDER    Keep files and jobs there, across restarts. Default: nothing is kept.
          --speed N         Emulated seconds per real second (default 1).
          --seed N          Repeatable ids and seeds.

        Faults: POST /emulator/faults    Ledger: GET /emulator/ledger    Time: POST /emulator/clock/advance
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        try
        {
            var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
            using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
            await using var server = await EmulatorServer.StartAsync(Parse(args), timeProvider: null, CancellationToken.None);
            await output.WriteLineAsync($"Emulator listening on {server.BaseAddress} (simulated; any API key will do). Ctrl+C stops it.");
            await stop.Task;
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException)
        {
            await error.WriteLineAsync(e.Message);
            return UsageError;
        }
    }

    private static EmulatorOptions Parse(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (int i = 0; i < args.Length; i++)
        {
            values[args[i]] = args[i] == "--allow-remote" ? "" : i + 1 < args.Length ? args[++i]
                : throw new ArgumentException($"{args[i]} needs a value. See --help.");
        }

        string[] known = ["--port", "--host", "--allow-remote", "--state", "--speed", "--seed"];
        if (values.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown)
        {
            throw new ArgumentException($"{unknown} is not an option; expected one of {string.Join(", ", known)}. See --help.");
        }

        return new EmulatorOptions
        {
            Port = NumberIn<int>(values, "--port") ?? 4010,
            Host = values.GetValueOrDefault("--host", "127.0.0.1"),
            AllowRemote = values.ContainsKey("--allow-remote"),
            StateFolder = values.GetValueOrDefault("--state"),
            Speed = NumberIn<double>(values, "--speed") ?? 1,
            Seed = NumberIn<int>(values, "--seed"),
        };
    }

    private static T? NumberIn<T>(Dictionary<string, string> values, string option)
        where T : struct, INumber<T>
        => !values.TryGetValue(option, out string? text) ? null
            : T.TryParse(text, CultureInfo.InvariantCulture, out T number) ? number
            : throw new ArgumentException($"{option} is '{text}'; expected a number in its range. See --help.");

    private static void Stop(PosixSignalContext signal, TaskCompletionSource stop)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }
}
