using System.ComponentModel;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(FineTune.Functions.Tests.Support.Azurite))]

namespace FineTune.Functions.Tests.Support;

/// <summary>Azure Storage on this machine, from npm: started when the first test needs it, in memory, on ports of its own.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const int Services = 3;
    private const int Tries = 3;

    // The account that every Azurite has, with the key that is printed in its documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "FineTune.Functions.Tests", "Npm");

    private readonly SemaphoreSlim _starting = new(1);
    private ChildProcess? _process;
    private string? _connectionString;

    /// <summary>Skips the test where Node is missing.</summary>
    public async Task<string> ConnectAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _connectionString ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _starting.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(await HasNodeAsync(cancellationToken), "node and npm are not on the PATH.");
        await InstallAsync(cancellationToken);
        for (int again = 1; ; again++)
        {
            int[] ports = FreePorts();
            _process = new ChildProcess("node", Folder, ArgumentsFor(ports));
            if (await IsListeningAsync(_process, cancellationToken))
            {
                return ConnectionStringFor(ports);
            }

            // Somebody may have taken a port meanwhile.
            (_, _, string error) = await _process.FinishAsync(cancellationToken);
            Assert.True(again < Tries, $"Azurite did not start: {error}");
        }
    }

    private static string[] ArgumentsFor(int[] ports) =>
    [
        Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js"),
        "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
        "--blobHost", "127.0.0.1", "--blobPort", $"{ports[0]}",
        "--queueHost", "127.0.0.1", "--queuePort", $"{ports[1]}",
        "--tableHost", "127.0.0.1", "--tablePort", $"{ports[2]}",
    ];

    private static string ConnectionStringFor(int[] ports)
        => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};"
            + $"QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};"
            + $"TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};";

    private static async Task<bool> IsListeningAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        for (int listening = 0; listening < Services;)
        {
            switch (await process.Output.ReadLineAsync(cancellationToken))
            {
                case null:
                    return false;
                case var line when line.Contains("successfully listening", StringComparison.Ordinal):
                    listening++;
                    break;
            }
        }

        return true;
    }

    private static int[] FreePorts()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, Services).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    private static async Task<bool> HasNodeAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var node = new ChildProcess("node", Folder, "--version");
            using var npm = new ChildProcess("npm", Folder, "--version");
            return (await node.FinishAsync(cancellationToken)).ExitCode == 0 && (await npm.FinishAsync(cancellationToken)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "azurite")))
        {
            return;
        }

        using var npm = new ChildProcess("npm", Folder, "ci", "--no-audit", "--no-fund");
        var (exitCode, _, error) = await npm.FinishAsync(cancellationToken);
        Assert.True(exitCode == 0, $"npm ci failed: {error}");
    }
}
