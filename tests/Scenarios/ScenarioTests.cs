using FineTune.Emulator.Ledger;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Sweeping;
using FineTune.Workflows;

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

    [Fact]
    public async Task Forget_LeavesNothingOfARunThatIsOver_OnEveryEngine()
    {
        Scenario scenario = ScenarioTable.All["success"] with { Meanwhile = ForgetWhileTrainingAsync };
        await using ScenarioHost host = await OpenAsync(scenario);
        RunRow row = await host.PlayAsync(scenario);
        string[] instances = [row.RunId, FollowJobWorkflow.IdFor(row.RunId)];
        Assert.Equal(instances, await KnownAsync(host, instances));

        await ForgetAsync(host, instances);
        await ForgetAsync(host, instances); // twice is no error

        Assert.Empty(await KnownAsync(host, instances));
    }

    /// <summary>An input that no workflow of ours can begin with stands for whatever ends one without a word: a bug, or an operator who terminates it.</summary>
    [Fact]
    public async Task Sweep_ClosesARun_WhoseWorkflowBrokeOff_OnEveryEngine()
    {
        Scenario scenario = ScenarioTable.All["invalid dataset"] with { Settings = new Dictionary<string, string?> { ["FineTune:StartMissedAfter"] = "00:00:00" } };
        await using ScenarioHost host = await OpenAsync(scenario);
        RunRow whole = await host.PlayAsync(scenario);
        RunRow broken = new() { RunId = "broken-off", Dataset = whole.Dataset, Spec = whole.Spec, CreatedAt = whole.CreatedAt };
        CancellationToken token = TestContext.Current.CancellationToken;
        await host.AskAsync<IRunLedger, bool>(ledger => ledger.TryAddRunAsync(broken, token));
        FineTuneInput unusable = new(Dataset: null!, Validation: null, whole.Spec, Limits: null!, FineTuneInput.CurrentForm);
        await host.AskAsync<IWorkflowClient, bool>(client => client.StartAsync(nameof(FineTuneWorkflow), broken.RunId, unusable, token));
        Assert.Equal(WorkflowStatus.Failed, (await host.OverAsync(broken.RunId)).Status);

        await host.AskAsync<Sweep, SweepReport>(sweep => sweep.RunAsync(token));

        RunRow closed = (await host.AskAsync<IRunLedger, RunRow?>(ledger => ledger.FindRunAsync(broken.RunId, token)))!;
        Assert.Equal(RunStatus.NeedsAttention, closed.Status);
        Assert.StartsWith("Its workflow broke off (", closed.Detail, StringComparison.Ordinal);
        Assert.Equal(whole, await host.AskAsync<IRunLedger, RunRow?>(ledger => ledger.FindRunAsync(whole.RunId, token)));
    }

    /// <summary>Without effect, or the run would not come to its end.</summary>
    private static async Task ForgetWhileTrainingAsync(ScenarioHost host, string runId)
    {
        await host.LooksAtJobAsync(1);
        await ForgetAsync(host, [runId, FollowJobWorkflow.IdFor(runId)]);
    }

    private static async Task ForgetAsync(ScenarioHost host, string[] instances)
    {
        foreach (string instance in instances)
        {
            await host.AskAsync<IWorkflowClient, bool>(async client =>
            {
                await client.ForgetAsync(instance, TestContext.Current.CancellationToken);
                return true;
            });
        }
    }

    /// <summary>Of these, those that the engine knows.</summary>
    private static async Task<List<string>> KnownAsync(ScenarioHost host, string[] instances)
    {
        List<string> known = [];
        foreach (string instance in instances)
        {
            WorkflowState? state = await host.AskAsync<IWorkflowClient, WorkflowState?>(
                client => client.FindStateAsync(instance, TestContext.Current.CancellationToken));
            known.AddRange(state is null ? [] : [instance]);
        }

        return known;
    }

    private protected abstract Task<ScenarioHost> OpenAsync(Scenario scenario);
}
