using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FineTune.Emulator;
using FineTune.Functions.Durable;
using FineTune.Functions.Storage;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Tests.Scenarios;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Tests.Durable;

/// <summary>The Durable Task engine in this process. What the Functions host adds to it, <c>WorkerHost</c> tests.</summary>
internal sealed class DurableHost : ScenarioHost
{
    private readonly BlobContainerClient _container;
    private readonly DurableTaskTestHost _host;

    private DurableHost(EmulatorServer emulator, BlobContainerClient container, DurableTaskTestHost host)
        : base(emulator)
    {
        (_container, _host) = (container, host);
        Services.GetRequiredService<DurableWorkflowClient>().Use(host.Client);
    }

    public override IServiceProvider Services => _host.Services;

    public static async Task<DurableHost> StartAsync(EmulatorServer emulator, Dictionary<string, string?> settings, string storage)
    {
        settings[DatasetStorageOptions.Section] = storage;
        string own = $"t{Guid.NewGuid():N}";
        BlobContainerClient container = new BlobServiceClient(storage).GetBlobContainerClient(own);
        JsonDataConverter converter = new(DurableJson.Options);
        DurableTaskTestHostOptions options = new()
        {
            ConfigureServices = services => services
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddFineTuning()
                .AddAzureStorage()
                .AddSingleton(new BlobDatasetStore(container))
                .AddSingleton(new TableRunLedger(new TableServiceClient(storage), own))
                .AddSingleton<DurableWorkflowClient>()
                .AddSingleton<IWorkflowClient>(services => services.GetRequiredService<DurableWorkflowClient>())
                .Configure<DurableTaskWorkerOptions>(worker => worker.DataConverter = converter)
                .Configure<DurableTaskClientOptions>(client => client.DataConverter = converter),
        };
        return new DurableHost(emulator, container, await DurableTaskTestHost.StartAsync(HeadRegistry.AddHead, options, TestContext.Current.CancellationToken));
    }

    public override Task DropAsync(string name, string content)
        => _container.UploadBlobAsync(name, BinaryData.FromString(content), TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
