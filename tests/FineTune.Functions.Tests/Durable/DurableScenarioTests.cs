using FineTune.Emulator;
using FineTune.Functions.Tests.Support;
using FineTune.Tests.Scenarios;

namespace FineTune.Functions.Tests.Durable;

/// <summary>
/// The scenarios on the real Durable Task engine, with replay, timers, external events and continue-as-new, through the head's own functions and on
/// its own storage.
/// </summary>
public sealed class DurableScenarioTests(Azurite azurite) : ScenarioTests
{
    private protected override async Task<ScenarioHost> OpenAsync(Scenario scenario)
    {
        string storage = await azurite.ConnectAsync(TestContext.Current.CancellationToken);
        EmulatorServer emulator = await ScenarioHost.StartEmulatorAsync(scenario);
        return await DurableHost.StartAsync(emulator, ScenarioHost.Settings(emulator, scenario), storage);
    }
}
