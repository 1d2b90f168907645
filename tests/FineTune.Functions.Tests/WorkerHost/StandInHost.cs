using System.Net;
using DurableTask.Core;
using FineTune.Functions.Tests.WorkerHost.Protocol;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FineTune.Functions.Tests.WorkerHost;

/// <summary>
/// Stands in for the Azure Functions host: starts the compiled app as its worker process, speaks the worker protocol with it and answers its
/// Durable client with the Durable Task engine in memory. The worker process, its middleware, bindings and serialization, its HTTP port and the
/// Durable extension inside it are the real ones. See README.md in this folder for what of a real host is not here.
/// </summary>
internal sealed class StandInHost : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerConnection _connection = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private GrpcChannel? _engine;
    private Task _dispatching = Task.CompletedTask;

    private StandInHost()
    {
    }

    public const string Key = "the-function-key";

    /// <summary>Sends requests to the host as anybody can, without a key.</summary>
    public HttpClient Http { get; } = new();

    public LoadedWorker Worker { get; private set; } = null!;

    public BlobEvents Blobs { get; private set; } = null!;

    public DurableDispatch Durable { get; private set; } = null!;

    /// <summary>What the worker logged to its host and wrote to its console, and what went wrong between it and the engine.</summary>
    public string Log => string.Join(
        '\n',
        [_connection.Log, .. _parts.OfType<WorkerProcess>().Select(process => process.Output), .. (Durable?.Failures ?? []).Select(failure => $"{failure}")]);

    public static async Task<StandInHost> StartAsync(string appAssembly, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        StandInHost host = new();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartsWithin);
        try
        {
            await host.OpenAsync(appAssembly, settings, deadline.Token);
            return host;
        }
        catch (Exception failed)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not come up. It said:\n{host.Log}", failed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });
        await _stopping.CancelAsync();
        await _dispatching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (IAsyncDisposable part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        _engine?.Dispose();
        Http.Dispose();
        _stopping.Dispose();
    }

    private async Task OpenAsync(string appAssembly, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        Uri rpc = await OpenRpcAsync(cancellationToken);
        _parts.Add(WorkerProcess.Start(appAssembly, rpc, settings));
        Worker = await LoadedWorker.LoadAsync(_connection, rpc, Path.GetDirectoryName(appAssembly)!, cancellationToken);
        Blobs = new BlobEvents(Worker, settings);
        _engine = GrpcChannel.ForAddress(rpc);
        Durable = new DurableDispatch(new TaskHubSidecarService.TaskHubSidecarServiceClient(_engine), Worker);
        _dispatching = Durable.RunAsync(_stopping.Token);
        Http.BaseAddress = await OpenHttpAsync(cancellationToken);
    }

    /// <summary>One port for the two services that a worker calls: the host's own, and the task hub of its Durable extension.</summary>
    private async Task<Uri> OpenRpcAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        InMemoryOrchestrationService service = new(loggerFactory: null);
        builder.Services.AddSingleton(_connection)
            .AddSingleton<IOrchestrationService>(service)
            .AddSingleton<IOrchestrationServiceClient>(service)
            .AddSingleton<TaskHubGrpcServer>();
        WebApplication app = builder.Build();
        app.MapGrpcService<WorkerConnection>();
        app.MapGrpcService<TaskHubGrpcServer>();
        return await OpenAsync(app, cancellationToken);
    }

    private async Task<Uri> OpenHttpAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new HttpFront(Worker, Key));
        WebApplication app = builder.Build();
        app.Services.GetRequiredService<HttpFront>().Map(app);
        return await OpenAsync(app, cancellationToken);
    }

    private async Task<Uri> OpenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        _parts.Add(app);
        await app.StartAsync(cancellationToken);
        return new Uri(app.Urls.Single());
    }
}
