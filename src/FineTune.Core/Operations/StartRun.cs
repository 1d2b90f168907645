using FineTune.Activities;
using FineTune.Datasets.Formats.Reinforcement;
using FineTune.Hosting;
using FineTune.Ports;
using FineTune.Workflows;
using Microsoft.Extensions.Options;

namespace FineTune.Operations;

/// <summary>Starts the run of a dataset, or finds the one there is.</summary>
public sealed class StartRun(
    IDatasetStore store, IRunLedger ledger, IWorkflowClient workflows, TimeProvider time, IOptions<FineTuneOptions> options)
{
    /// <summary>A file that was announced by its name alone; null, and nothing starts, when it is no dataset or gone again.</summary>
    public async Task<StartedRun?> OnDroppedAsync(string name, CancellationToken cancellationToken)
        => DatasetNames.IsDataset(name) && await store.FindAsync(name, cancellationToken) is { } dataset
            ? await OnDroppedAsync(dataset, cancellationToken)
            : null;

    /// <summary>A dataset that announced itself by being dropped.</summary>
    public async Task<StartedRun> OnDroppedAsync(DatasetVersion dataset, CancellationToken cancellationToken)
    {
        StartRequest resolved = await ResolveAsync(dataset.Name, new StartRequest(), cancellationToken);
        return await StartAsync(RunId.For(dataset), dataset, resolved, cancellationToken);
    }

    /// <summary>A person, over HTTP or the command line.</summary>
    public async Task<StartedRun> OnRequestAsync(StartRequest request, CancellationToken cancellationToken)
    {
        string name = request.Dataset ?? throw new InvalidRequestException("No dataset was named. Say which one to train on: its name in the store.");
        if (!DatasetNames.IsDataset(name))
        {
            throw new InvalidRequestException($"'{name}' starts no run: a dataset is called NAME.jsonl, and NAME.validation.jsonl belongs to one.");
        }

        DatasetVersion dataset = await store.FindAsync(name, cancellationToken)
            ?? throw new InvalidRequestException($"There is no dataset '{name}'. Drop it first, then start it by its name.");
        StartRequest resolved = await ResolveAsync(name, request, cancellationToken);
        string id = request.RunId ?? await ChooseIdAsync(dataset, resolved.ToSpec(options.Value.Model), cancellationToken);
        return RunId.IsAcceptable(id)
            ? await StartAsync(id, dataset, resolved, cancellationToken)
            : throw new InvalidRequestException("That run id cannot be used. Choose 1 to 64 letters, digits, '-' and '_', or leave it out.");
    }

    /// <summary>
    /// The first run of a dataset's version has the id that its drop would have: whoever comes second, person or event, finds it. A person
    /// who asks again, when what stood in the way is mended, gets a new one.
    /// </summary>
    private async Task<string> ChooseIdAsync(DatasetVersion dataset, FineTuneSpec spec, CancellationToken cancellationToken)
    {
        string id = RunId.For(dataset);
        for (int again = 0; await ledger.FindRunAsync(id, cancellationToken) is { } run && (run.Spec != spec || CanBeTriedAgain(run)); again++)
        {
            id = RunId.For(dataset, spec, again);
        }

        return id;
    }

    /// <summary>It is over without a job, and for a reason that may be gone by now: a key, a balance, a limit, somebody's change of mind.</summary>
    private static bool CanBeTriedAgain(RunRow run)
        => run.JobId is null && run.Status is not (RunStatus.Running or RunStatus.Succeeded or RunStatus.Invalid or RunStatus.Duplicate);

    private async Task<StartRequest> ResolveAsync(string dataset, StartRequest request, CancellationToken cancellationToken)
    {
        StartRequest merged = request
            .Over(await ReadSidecarAsync(dataset, cancellationToken))
            .Over(MetadataRequest.Of(dataset, await store.ReadMetadataAsync(dataset, cancellationToken)));
        if (merged.ValidationDataset is null
            && await store.FindAsync(DatasetNames.ValidationNameOf(dataset), cancellationToken) is { } validation)
        {
            merged = merged with { ValidationDataset = validation.Name };
        }

        Require(merged);
        return merged;
    }

    /// <summary>What the inspection does not judge: it is about the run, or could not even be written down.</summary>
    private static void Require(StartRequest request)
    {
        if (request.Priority is < RunPriority.Lowest or > RunPriority.Highest)
        {
            throw new InvalidRequestException(
                $"Priority {request.Priority} cannot be used. Give a number from {RunPriority.Lowest} to {RunPriority.Highest}; more goes first.");
        }

        if (request.Alias is { } alias)
        {
            AliasName.Require(alias);
        }

        if (new[] { request.LearningRateMultiplier, request.Beta, request.ComputeMultiplier }.Any(number => number is { } value && !double.IsFinite(value)))
        {
            throw new InvalidRequestException("A number among the hyperparameters is too large. Give one the provider takes, or leave it out.");
        }
    }

    private async Task<StartRequest?> ReadSidecarAsync(string dataset, CancellationToken cancellationToken)
    {
        await using Stream? sidecar = await store.OpenBesideAsync(dataset, DatasetNames.SpecSuffix, cancellationToken);
        return await SidecarRequest.ReadAsync(sidecar, dataset, cancellationToken);
    }

    /// <summary>A run that is in the ledger, but that no engine knows (any more).</summary>
    internal Task<StartedRun> AgainAsync(RunRow run, CancellationToken cancellationToken) => StartAsync(run, grader: null, cancellationToken);

    private Task<StartedRun> StartAsync(string id, DatasetVersion dataset, StartRequest resolved, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        FineTuneSpec spec = resolved.ToSpec(options.Value.Model);
        RunRow row = new() { RunId = id, Dataset = dataset, Spec = spec, CreatedAt = now, UpdatedAt = now, Priority = resolved.Priority ?? 0 };
        return StartAsync(row, resolved.ToGrader(), cancellationToken);
    }

    private async Task<StartedRun> StartAsync(RunRow row, Grader? grader, CancellationToken cancellationToken)
    {
        string? wanted = row.Spec.ValidationDataset;
        DatasetVersion? validation = wanted is null ? null
            : await store.FindAsync(wanted, cancellationToken)
                ?? throw new InvalidRequestException($"There is no validation dataset '{wanted}'. Drop it beside '{row.Dataset.Name}' first.");

        // The row first: a run that is in the ledger but has no instance yet is started by the same call, made again.
        bool added = await ledger.TryAddRunAsync(row, cancellationToken);
        RunRow run = added ? row : await ledger.FindRunAsync(row.RunId, cancellationToken) ?? row;
        if (run.Status is RunStatus.Running)
        {
            if (grader is not null && grader.Sha256 == run.Spec.GraderSha256)
            {
                await store.KeepGraderAsync(run, grader, cancellationToken);
            }

            FineTuneInput input = new(run.Dataset, validation, run.Spec, LimitsOf(options.Value), FineTuneInput.CurrentForm);
            await workflows.StartAsync(nameof(FineTuneWorkflow), run.RunId, input, cancellationToken);
        }

        return new StartedRun(RunView.Of(run, state: null), added);
    }

    internal static RunLimits LimitsOf(FineTuneOptions options) => new()
    {
        ApproveAbove = options.ApproveAbove,
        ApprovalDeadline = options.ApprovalDeadline,
        PollEvery = options.PollEvery,
        PollAtMost = options.PollAtMost,
        FileDeadline = options.FileDeadline,
        CreateDeadline = options.CreateDeadline,
        JobDeadline = options.JobDeadline,
        StalledAfter = options.StalledAfter,
        Notifies = options.Webhooks.Url is null ? null : true,
    };
}
