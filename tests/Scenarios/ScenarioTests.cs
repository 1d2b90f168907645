using FineTune.Emulator.Ledger;
using FineTune.Ports;

namespace FineTune.Tests.Scenarios;

/// <summary>The same stories, told by every engine; an engine's tests say how its host is opened.</summary>
public abstract class ScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioTable.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_LeavesTheSameBooks_OnEveryEngine(string name)
    {
        Scenario scenario = ScenarioTable.All[name];
        await using ScenarioHost host = await OpenAsync(scenario);

        RunRow row = await host.PlayAsync(scenario);

        string story = await ScenarioStory.TellAsync(host, row);
        Assert.True(scenario.Story == story, $"Expected:\n{scenario.Story}\n\nbut the books say:\n{story}");
        LedgerReport provider = host.Emulator.ReadLedger();
        Assert.Equal(row.JobId is null ? 0 : 1, provider.Jobs.Values.Sum());
        Assert.Empty(provider.StoredFiles);
    }

    private protected abstract Task<ScenarioHost> OpenAsync(Scenario scenario);
}
