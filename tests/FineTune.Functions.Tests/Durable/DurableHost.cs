using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FineTune.Emulator;
using FineTune.Functions.Durable;
using FineTune.Functions.Storage;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Tests.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FineTune.Functions.Tests.Durable;

/// <summary>The Durable Task engine in this process. What the Functions host adds to it, <c>WorkerHost</c> tests.</summary>
internal sealed class DurableHost : ScenarioHost
{
    private readonly BlobContainerClient _container;
    private readonly WebApplication _engine;
    private readonly IHost _worker;

    private DurableHost(EmulatorServer emulator, BlobContainerClient container, WebApplication engine, IHost worker)
        : base(emulator)
    {
        (_container, _engine, _worker) = (container, engine, worker);
        Services.GetRequiredService<DurableWorkflowClient>().Use(Services.GetRequiredService<DurableTaskClient>());
    }

    public override IServiceProvider Services => _worker.Services;

    public static async Task<DurableHost> StartAsync(EmulatorServer emulator, Dictionary<string, string?> settings, string storage)
    {
        settings[DatasetStorageOptions.Section] = storage;
        string own = $"t{Guid.NewGuid():N}";
        BlobContainerClient container = new BlobServiceClient(storage).GetBlobContainerClient(own);
        WebApplication engine = WebApplication.CreateSlimBuilder().AddTaskHub().BuildTaskHub();
        await engine.StartAsync(TestContext.Current.CancellationToken);

        HostApplicationBuilder worker = Host.CreateEmptyApplicationBuilder(settings: null);
        worker.Configuration.AddInMemoryCollection(settings);
        AddHead(worker.Services, engine.Urls.Single());
        worker.Services
            .AddSingleton(new BlobDatasetStore(container))
            .AddSingleton(new TableRunLedger(new TableServiceClient(storage), own));
        IHost host = worker.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new DurableHost(emulator, container, engine, host);
    }

    public override Task DropAsync(string name, string content)
        => _container.GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
        await _engine.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    private static void AddHead(IServiceCollection services, string engine)
    {
        JsonDataConverter converter = new(DurableJson.Options);
        services
            .AddFineTuning()
            .AddAzureStorage()
            .AddSingleton<DurableWorkflowClient>()
            .AddSingleton<IWorkflowClient>(provider => provider.GetRequiredService<DurableWorkflowClient>())
            .Configure<DurableTaskWorkerOptions>(worker => worker.DataConverter = converter)
            .Configure<DurableTaskClientOptions>(client => client.DataConverter = converter)
            .AddDurableTaskWorker(worker => worker.UseGrpc(engine).AddTasks(HeadRegistry.AddHead))
            .AddDurableTaskClient(client => client.UseGrpc(engine).RegisterDirectly());
    }
}
