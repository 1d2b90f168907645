using System.Collections.Concurrent;
using System.Diagnostics;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>The compiled app as a process, started with the arguments and the environment that a host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Of the app.</summary>
    public string Directory => _process.StartInfo.WorkingDirectory;

    public string Output => string.Join('\n', _output);

    public static WorkerProcess Start(string appAssembly, Uri host, IReadOnlyDictionary<string, string?> settings)
    {
        WorkerProcess worker = new(Describe(appAssembly, host, settings));
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>As a crash ends it: nothing is finished, nobody is told.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Ends it, if it has not ended by itself when its host told it to.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource grace = new(Grace);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Describe(string appAssembly, Uri host, IReadOnlyDictionary<string, string?> settings)
    {
        string directory = Path.GetDirectoryName(appAssembly)!;
        ProcessStartInfo start = new("dotnet", [appAssembly, .. Arguments(host)])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = directory;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = directory;
        foreach ((string name, string? value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private static string[] Arguments(Uri host) =>
    [
        "--host", host.Host,
        "--port", $"{host.Port}",
        "--workerId", "the-worker",
        "--requestId", "the-start",
        "--grpcMaxMessageLength", $"{int.MaxValue}",
        "--functions-uri", host.AbsoluteUri,
        "--functions-worker-id", "the-worker",
        "--functions-request-id", "the-start",
        "--functions-grpc-max-message-length", $"{int.MaxValue}",
    ];

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
