using FineTune.Emulator;
using FineTune.Local.Hosting;
using FineTune.Tests.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FineTune.Local.Tests;

/// <summary>The scenarios on the local engine: its journal, its ledger and its folder.</summary>
public sealed class LocalScenarioTests : ScenarioTests
{
    private protected override async Task<ScenarioHost> OpenAsync(Scenario scenario)
    {
        EmulatorServer emulator = await ScenarioHost.StartEmulatorAsync(scenario);
        TemporaryFolder folder = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(ScenarioHost.Settings(emulator, scenario));
        builder.Logging.ClearProviders();
        DataFolder data = new(folder.Root);
        builder.Services.AddLocalStorage(data).AddLocalEngine(data);
        IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new LocalHost(emulator, host, folder);
    }

    private sealed class LocalHost(EmulatorServer emulator, IHost host, TemporaryFolder folder) : ScenarioHost(emulator)
    {
        public override IServiceProvider Services => host.Services;

        public override Task DropAsync(string name, string content)
            => File.WriteAllTextAsync(Path.Combine(Services.GetRequiredService<DataFolder>().Datasets, name), content, TestContext.Current.CancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
            await Emulator.DisposeAsync();
            folder.Dispose();
        }
    }
}
