using FineTune.Emulator;
using FineTune.Functions.Durable;
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
    private readonly DurableTaskTestHost _host;

    private DurableHost(EmulatorServer emulator, DurableTaskTestHost host)
        : base(emulator)
    {
        _host = host;
        Services.GetRequiredService<DurableWorkflowClient>().Use(host.Client);
    }

    public override IServiceProvider Services => _host.Services;

    public static async Task<DurableHost> StartAsync(EmulatorServer emulator, Dictionary<string, string?> settings)
    {
        JsonDataConverter converter = new(FineTuneJson.Default.Options);
        DurableTaskTestHostOptions options = new()
        {
            ConfigureServices = services => services
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddFineTuning()
                .AddSingleton<DurableWorkflowClient>()
                .AddSingleton<IWorkflowClient>(services => services.GetRequiredService<DurableWorkflowClient>())
                .Configure<DurableTaskWorkerOptions>(worker => worker.DataConverter = converter)
                .Configure<DurableTaskClientOptions>(client => client.DataConverter = converter),
        };
        return new DurableHost(emulator, await DurableTaskTestHost.StartAsync(HeadRegistry.AddHead, options, TestContext.Current.CancellationToken));
    }

    public override Task DropAsync(string name, string content) => throw new NotImplementedException();

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
