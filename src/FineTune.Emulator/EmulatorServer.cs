using System.Net;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Ledger;
using FineTune.Emulator.State;
using FineTune.Emulator.Time;
using FineTune.Emulator.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;

namespace FineTune.Emulator;

/// <summary>
/// The provider's fine-tuning API on a real socket, in this process. Tests reach the fault script, the ledger and the clock
/// directly; everybody else over HTTP under /emulator/.
/// </summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _temporaryFolder;

    private EmulatorServer(WebApplication app, IPAddress address, DirectoryInfo? temporaryFolder)
    {
        (_app, _temporaryFolder) = (app, temporaryFolder);
        int port = new Uri(app.Urls.Single()).Port;
        bool any = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        BaseAddress = new UriBuilder("http", any ? "127.0.0.1" : address.ToString(), port, "/v1/").Uri;
    }

    /// <summary>The base URL for an OpenAI client. The same routes answer under /openai/v1/; control is under /emulator/.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Emulated time.</summary>
    public DateTimeOffset Now => _app.Services.GetRequiredService<EmulatedClock>().Now;

    /// <param name="timeProvider">Real time, which emulated time is a multiple of. Null: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the host is not loopback.</exception>
    /// <exception cref="IOException">The port, or the state folder, is in use.</exception>
    public static Task<EmulatorServer> StartAsync(
        EmulatorOptions options, TimeProvider? timeProvider, CancellationToken cancellationToken)
        => StartAsync(options, timeProvider, server: null, cancellationToken);

    /// <param name="server">What carries requests in the place of a socket; null: a socket.</param>
    internal static async Task<EmulatorServer> StartAsync(
        EmulatorOptions options, TimeProvider? timeProvider, IServer? server, CancellationToken cancellationToken)
    {
        options.Validate();
        var temporary = options.StateFolder is null ? Directory.CreateTempSubdirectory("finetune-emulator-") : null;
        var app = EmulatorApplication.Build(options, options.StateFolder ?? temporary!.FullName, timeProvider ?? TimeProvider.System, server);
        try
        {
            app.Services.GetRequiredService<EmulatorState>(); // replays the journal, or says why it cannot, before a port is open
            await app.StartAsync(cancellationToken);
            return new EmulatorServer(app, options.Address(), temporary);
        }
        catch
        {
            await app.DisposeAsync();
            temporary?.Delete(recursive: true);
            throw;
        }
    }

    public Fault AddFault(Fault fault) => _app.Services.GetRequiredService<FaultScript>().Add(fault);

    public IReadOnlyList<Fault> Faults() => _app.Services.GetRequiredService<FaultScript>().All();

    public void ClearFaults() => _app.Services.GetRequiredService<FaultScript>().Remove(id: null);

    public LedgerReport ReadLedger() => _app.Services.GetRequiredService<LedgerReader>().Read();

    /// <summary>Jumps emulated time forward.</summary>
    public void Advance(TimeSpan by)
        => ClockEndpoints.Advance(_app.Services.GetRequiredService<EmulatorState>(), _app.Services.GetRequiredService<EmulatedClock>(), by);

    /// <summary>Tells this address of every job that ends from now on.</summary>
    public void SendWebhooksTo(WebhookTarget target)
    {
        WebhookEndpoints.Require(target);
        _app.Services.GetRequiredService<WebhookSender>().SendTo(target);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _temporaryFolder?.Delete(recursive: true);
    }
}
