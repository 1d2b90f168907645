using FineTune.Catalogue;
using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Operations;

/// <summary>A store, a ledger and a workflow client to ask for things.</summary>
public abstract class OperationTest
{
    private static readonly string[] Sleepers = ["", "-approval", "-create", "-job"];

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected ManualClock Clock { get; } = new();

    private protected InMemoryStore Store { get; } = new();

    private protected InMemoryLedger Ledger { get; } = new();

    private protected InMemoryWorkflows Workflows { get; } = new();

    private protected FineTuneOptions Settings { get; } = new();

    private protected StartRun StartRun => new(Store, Ledger, Workflows, Clock, Options.Create(Settings));

    private protected ProviderOptions Provider { get; } = new();

    private protected ModelShutdown Shutdown => new(ModelCatalogue.BuiltIn, Clock, Provider.ToConfiguration(), Options.Create(Settings));

    private protected Task<StartedRun> StartAsync(StartRequest request) => StartRun.OnRequestAsync(request, Token);

    private protected FineTuneInput InputOf(string runId) => (FineTuneInput)Workflows.Started[runId].Input;

    private protected void Stand(string instanceId, FineTuneStep step, string detail = "")
        => Workflows.States[instanceId] = new WorkflowState(instanceId, WorkflowStatus.Running, new FineTuneProgress(step, detail), Failure: null);

    private protected async Task<string> HaveRunAsync(Func<RunRow, RunRow>? change = null)
    {
        string name = $"{Guid.NewGuid():N}.jsonl";
        Store.Drop(name, "bytes");
        string run = (await StartAsync(new StartRequest { Dataset = name })).Run.RunId;
        if (change is not null)
        {
            await ChangeAsync(run, change);
        }

        return run;
    }

    private protected async Task<RunRow> RowAsync(string runId) => (await Ledger.FindRunAsync(runId, Token))!;

    /// <summary>The run, and every workflow in which it may be waiting.</summary>
    private protected void AssertWoken(string run, RunSignal signal)
        => Assert.Equal(Sleepers.Select(wait => (run + wait, "signal", (object)signal)), Workflows.Raised);

    private protected Task<RunRow> ChangeAsync(string runId, Func<RunRow, RunRow> change) => Ledger.ChangeRunAsync(runId, change, Token);
}
