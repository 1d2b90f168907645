using FineTune.Emulator;
using FineTune.Functions.Tests.Support;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Tests.Scenarios;
using FineTune.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Tests.Durable;

/// <summary>Event Grid delivers at least once, in any order, and to several workers at a time.</summary>
public sealed class DuplicateEventTests(Azurite azurite)
{
    [Fact]
    public async Task AHundredEventsOfOneBlob_MakeOneRunAndOneJob()
    {
        Scenario scenario = ScenarioTable.All["success"];
        string storage = await azurite.ConnectAsync(TestContext.Current.CancellationToken);
        EmulatorServer emulator = await ScenarioHost.StartEmulatorAsync(scenario);
        await using DurableHost host = await DurableHost.StartAsync(emulator, ScenarioHost.Settings(emulator, scenario), storage);
        await host.DropAsync(ScenarioHost.Dataset, scenario.Content);

        StartedRun?[] started = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.AskAsync<StartRun, StartedRun?>(
            start => start.OnDroppedAsync(ScenarioHost.Dataset, TestContext.Current.CancellationToken))));

        Assert.Single(started, one => one!.IsNew);
        RunRow run = await host.EndAsync(started[0]!.Run.RunId);
        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Single(await host.Services.GetRequiredService<IRunLedger>().ListRunsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, emulator.ReadLedger().JobPosts.Values.Sum());
    }

    [Fact]
    public async Task StartAsync_DoesNotReplaceAnInstanceThatIsOver()
    {
        Scenario scenario = ScenarioTable.All["success"];
        string storage = await azurite.ConnectAsync(TestContext.Current.CancellationToken);
        EmulatorServer emulator = await ScenarioHost.StartEmulatorAsync(scenario);
        await using DurableHost host = await DurableHost.StartAsync(emulator, ScenarioHost.Settings(emulator, scenario), storage);
        RunRow run = await host.PlayAsync(scenario);

        bool isStarted = await host.AskAsync<IWorkflowClient, bool>(
            workflows => workflows.StartAsync(nameof(FineTuneWorkflow), run.RunId, new SettleInput(run.RunId), TestContext.Current.CancellationToken));

        Assert.False(isStarted);
    }
}
