using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Tests.Scenarios;

/// <summary>One engine with its storage, pointed at an emulator of its own over HTTP.</summary>
internal abstract class ScenarioHost(EmulatorServer emulator) : IAsyncDisposable
{
    public const string Dataset = "support-bot.jsonl";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public EmulatorServer Emulator { get; } = emulator;

    public abstract IServiceProvider Services { get; }

    /// <summary>What every host of a scenario is told.</summary>
    public static Dictionary<string, string?> Settings(EmulatorServer emulator, Scenario scenario)
    {
        Dictionary<string, string?> settings = new()
        {
            ["FineTune:Provider:Endpoint"] = emulator.BaseAddress.AbsoluteUri,
            ["FineTune:Provider:ApiKey"] = "emu-scenario",
            ["FineTune:Provider:CallTimeout"] = "00:00:10",
            ["FineTune:Provider:QuietPeriod"] = "00:00:12",
            ["FineTune:PollEvery"] = "00:00:00.05",
            ["FineTune:PollAtMost"] = "00:00:00.25",
        };
        foreach ((string key, string? value) in scenario.Settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    public static async Task<EmulatorServer> StartEmulatorAsync(Scenario scenario)
    {
        EmulatorServer emulator = await EmulatorServer.StartAsync(scenario.Provider, timeProvider: null, TestContext.Current.CancellationToken);
        foreach (Fault fault in scenario.Faults)
        {
            emulator.AddFault(fault);
        }

        return emulator;
    }

    /// <summary>Puts a file into the store, as a person does who drops it.</summary>
    public abstract Task DropAsync(string name, string content);

    /// <summary>Drops the dataset, starts its run, lets people do their part and waits for the end.</summary>
    public async Task<RunRow> PlayAsync(Scenario scenario)
    {
        await DropAsync(Dataset, scenario.Content);
        if (scenario.Validation is not null)
        {
            await DropAsync(DatasetNames.ValidationNameOf(Dataset), scenario.Validation);
        }

        StartedRun started = await AskAsync<StartRun, StartedRun>(
            start => start.OnRequestAsync(scenario.Request with { Dataset = Dataset, Alias = "support-bot" }, TestContext.Current.CancellationToken));
        await scenario.Meanwhile(this, started.Run.RunId);
        return await EndAsync(started.Run.RunId);
    }

    /// <summary>Waits until the run shows a step.</summary>
    public Task ReachesAsync(string runId, FineTuneStep step) => UntilAsync(
        async () => (await AskAsync<GetRun, RunView>(get => get.RunAsync(runId, TestContext.Current.CancellationToken))).Progress?.Step == step,
        $"run {runId} reaches {step}");

    /// <summary>Waits until the provider was asked so often how its one job is.</summary>
    public Task LooksAtJobAsync(int looks) => UntilAsync(
        () => Task.FromResult(Emulator.ReadLedger() is { LiveJobs: [{ } job] } ledger
            && ledger.Log.Count(request => request.Method == "GET" && request.Path.EndsWith($"/jobs/{job.Id}", StringComparison.Ordinal)) >= looks),
        $"the job is looked at {looks} times");

    public async Task<T> AskAsync<TOperation, T>(Func<TOperation, Task<T>> ask)
        where TOperation : notnull
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>The row is final before the files are deleted: the end is when the workflow says so.</summary>
    public async Task<RunRow> EndAsync(string runId)
    {
        WorkflowState state = await OverAsync(runId);
        Assert.True(state.Status is WorkflowStatus.Completed, $"The workflow itself is {state.Status}: {state.Failure}");
        return (await AskAsync<IRunLedger, RunRow?>(ledger => ledger.FindRunAsync(runId, TestContext.Current.CancellationToken)))!;
    }

    /// <summary>Waits until the workflow runs no more, however that came.</summary>
    public async Task<WorkflowState> OverAsync(string runId)
    {
        WorkflowState? state = null;
        await UntilAsync(
            async () => (state = await AskAsync<IWorkflowClient, WorkflowState?>(
                client => client.FindStateAsync(runId, TestContext.Current.CancellationToken))) is { Status: not WorkflowStatus.Running },
            $"run {runId} ends");
        return state!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        DateTime deadline = DateTime.UtcNow + Deadline;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Within {Deadline} it did not happen that {what}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
