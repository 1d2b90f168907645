using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Activities;
using FineTune.Catalogue;
using FineTune.Core.Tests.Activities;
using FineTune.Core.Tests.Fakes;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Provider;
using FineTune.Spending;
using FineTune.Sweeping;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FineTune.Core.Tests.Sweeping;

/// <summary>A sweep over the real provider client, an emulator, and a ledger that has lost this or that.</summary>
public abstract class SweepTest : ActivityTest
{
    private protected FineTuneOptions Options { get; } = new();

    private protected InMemoryWorkflows Workflows { get; } = new();

    private CloseRun CloseRun => new(
        Ledger, new SettleSpending(Ledger, new MonthBudget(Ledger), Line), NullLogger<CloseRun>.Instance);

    private protected Task<JobCensus> CensusAsync() => new TakeJobCensus(Api, Wrap(Settings)).RunAsync(Token);

    private protected JobLine Line => new(Ledger, Clock, Wrap(Settings), Wrap(Options));

    private protected async Task<IReadOnlyList<string>> RecoverAsync()
        => await new RecoverJobs(Ledger, Workflows, new MonthBudget(Ledger), Line, CloseRun, Clock, Wrap(Options), NullLogger<RecoverJobs>.Instance)
            .RunAsync(await CensusAsync(), Token);

    private protected async Task<IReadOnlyList<string>> CancelDuplicatesAsync()
        => await new CancelDuplicates(Api, Ledger, NullLogger<CancelDuplicates>.Instance).RunAsync(await CensusAsync(), Token);

    private protected async Task<IReadOnlyList<string>> DeleteOrphansAsync()
        => await new DeleteOrphanFiles(Api, Ledger, Clock, Wrap(Options), NullLogger<DeleteOrphanFiles>.Instance).RunAsync(await CensusAsync(), Token);

    private protected Task<IReadOnlyList<string>> StartMissedAsync()
    {
        StartRun startRun = new(Store, Ledger, Workflows, Clock, Wrap(Options));
        WakeParkedRun wakeParked = new(Workflows, NullLogger<WakeParkedRun>.Instance);
        return new StartMissedDatasets(Store, Ledger, Workflows, startRun, CloseRun, wakeParked, Clock, Wrap(Options), NullLogger<StartMissedDatasets>.Instance)
            .RunAsync(Token);
    }

    private protected Task<IReadOnlyList<string>> ForgetAsync()
        => new ForgetOldRuns(Ledger, Store, Workflows, Clock, Wrap(Options), NullLogger<ForgetOldRuns>.Instance).RunAsync(Token);

    private protected Task<IReadOnlyList<string>> CheckShutdownsAsync()
    {
        ModelShutdown shutdown = new(ModelCatalogue.BuiltIn, Clock, Settings.ToConfiguration(), Wrap(Options));
        return new CheckShutdowns(Api, Ledger, shutdown, NullLogger<CheckShutdowns>.Instance).RunAsync(Token);
    }

    /// <summary>A job as our own activity asks for it, of a run that no ledger knows.</summary>
    private protected async Task<string> HaveOurJobAsync(Func<JobOrigin, JobOrigin>? change = null, string? installation = null)
    {
        JobOrigin origin = new()
        {
            RunId = RunId,
            Dataset = new DatasetVersion("support.jsonl", "v1", 500),
            Spec = Spec,
            CreatedAt = Clock.GetUtcNow(),
            Sha256 = Sha,
            Examples = 12,
        };
        NewJob job = new(Key, Spec, await HaveFileAsync(), ValidationFileId: null, Attempt: 1) { Origin = change is null ? origin : change(origin) };
        JsonObject metadata = JobMetadata.Write(job, installation);
        return await HaveJobAsync(job.TrainingFileId, JsonSerializer.Deserialize<JsonElement>(metadata.ToJsonString()));
    }

    private protected FineTuneInput InputOf(string runId) => (FineTuneInput)Workflows.Started[runId].Input;

    private protected void Stand(string instanceId, WorkflowStatus status)
        => Workflows.States[instanceId] = new WorkflowState(instanceId, status, Progress: null, Failure: null);

    private static IOptions<T> Wrap<T>(T options)
        where T : class => Microsoft.Extensions.Options.Options.Create(options);
}
