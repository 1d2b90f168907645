using FineTune.Functions.Tests.Durable;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Protobuf;
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

    private readonly string _appAssembly;
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerDoor _door = new();
    private readonly WorkerSlot _slot = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private Uri _rpc = null!;
    private GrpcChannel? _engine;
    private Task _dispatching = Task.CompletedTask;

    private StandInHost(string appAssembly, IReadOnlyDictionary<string, string?> settings)
    {
        (_appAssembly, _settings) = (appAssembly, settings);
        Blobs = new BlobEvents(_slot, settings);
    }

    public const string Key = "the-function-key";

    /// <summary>Sends requests to the host as anybody can, without a key.</summary>
    public HttpClient Http { get; } = new();

    public BlobEvents Blobs { get; }

    public DurableDispatch Durable { get; private set; } = null!;

    public Task<LoadedWorker> Worker => _slot.Worker;

    /// <summary>What the workers said, and what went wrong between them and the engine.</summary>
    public string Log => string.Join(
        '\n', [.. _parts.OfType<LoadedWorker>().Select(worker => worker.Log), .. (Durable?.Failures ?? []).Select(failure => $"{failure}")]);

    public static async Task<StandInHost> StartAsync(string appAssembly, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        StandInHost host = new(appAssembly, settings);
        try
        {
            await host.OpenAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a host does when its worker crashes: it starts another, and work that was not answered is given out again.</summary>
    public async Task CrashWorkerAsync(CancellationToken cancellationToken)
    {
        _slot.Empty().Kill();
        await StartWorkerAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
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

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _rpc = await OpenRpcAsync(cancellationToken);
        await StartWorkerAsync(cancellationToken);
        _engine = GrpcChannel.ForAddress(_rpc);
        Durable = new DurableDispatch(new TaskHubSidecarService.TaskHubSidecarServiceClient(_engine), _slot);
        _dispatching = Durable.RunAsync(_stopping.Token);
        Http.BaseAddress = await OpenHttpAsync(cancellationToken);
    }

    private async Task StartWorkerAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartsWithin);
        WorkerProcess process = WorkerProcess.Start(_appAssembly, _rpc, _settings);
        try
        {
            LoadedWorker worker = await LoadedWorker.LoadAsync(process, await _door.NextAsync(deadline.Token), _rpc, deadline.Token);
            _parts.Add(worker);
            _slot.Fill(worker);
        }
        catch (Exception failed)
        {
            process.Kill();
            throw new InvalidOperationException($"The worker did not come up. It said:\n{process.Output}", failed);
        }
    }

    /// <summary>One port for the two services that a worker calls: the host's own, and the task hub of its Durable extension.</summary>
    private async Task<Uri> OpenRpcAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder().AddTaskHub();
        builder.Services.AddSingleton(_door);
        WebApplication app = builder.BuildTaskHub();
        app.MapGrpcService<WorkerDoor>();
        return await OpenAsync(app, cancellationToken);
    }

    private async Task<Uri> OpenHttpAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => new HttpFront(_slot, Key));
        WebApplication app = builder.Build();
        app.Services.GetRequiredService<HttpFront>().Map(app, (await Worker).Functions);
        return await OpenAsync(app, cancellationToken);
    }

    private async Task<Uri> OpenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        _parts.Add(app);
        await app.StartAsync(cancellationToken);
        return new Uri(app.Urls.Single());
    }
}
