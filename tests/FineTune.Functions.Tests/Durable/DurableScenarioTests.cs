using FineTune.Emulator;
using FineTune.Tests.Scenarios;

namespace FineTune.Functions.Tests.Durable;

/// <summary>The scenarios on the real Durable Task engine: replay, timers, external events, continue-as-new, through the head's own functions.</summary>
public sealed class DurableScenarioTests : ScenarioTests
{
    private protected override async Task<ScenarioHost> OpenAsync(Scenario scenario)
    {
        EmulatorServer emulator = await ScenarioHost.StartEmulatorAsync(scenario);
        return await DurableHost.StartAsync(emulator, ScenarioHost.Settings(emulator, scenario));
    }
}
