using FineTune.Local.Engine.Journaling;
using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>How runs end, and what is recorded of them.</summary>
internal static class Ends
{
    /// <summary>I3.</summary>
    public static IEnumerable<string> EveryRunEnds(Evidence evidence)
    {
        if (!evidence.IsOver)
        {
            yield return "not everything came to an end";
        }

        foreach (RunRow row in evidence.Rows.Where(row => row.Status is RunStatus.Running))
        {
            yield return $"run {row.RunId} has no end";
        }

        foreach (var instance in evidence.Instances.Where(instance => instance.Status is not WorkflowStatus.Completed && !IsForgotten(instance, evidence)))
        {
            yield return $"the workflow {instance.Id} is {instance.Status}: {instance.Error}";
        }

        foreach (PlannedDataset dataset in evidence.Plan.Datasets.Where(dataset => !evidence.Rows.Any(row => row.Dataset.Name == dataset.Name)))
        {
            if (!evidence.Plan.Disturbances.Any(one => one.Kind is DisturbanceKind.Delete))
            {
                yield return $"{dataset.Name} was dropped and has no run";
            }
        }
    }

    /// <summary>
    /// The ledger was lost, and nothing brings back the row in time: its dataset's version is gone, and it never had a job. What a workflow of
    /// its own waited for in vain, the run's workflow has heard.
    /// </summary>
    private static bool IsForgotten(InstanceRow instance, Evidence evidence)
        => evidence.Chronicle.Ledgers.Count > 1 && instance.Status is WorkflowStatus.Failed
            && (instance.ParentId is not null || !evidence.Rows.Any(row => row.RunId == instance.Id));

    /// <summary>I3, of datasets that no event announced.</summary>
    public static IEnumerable<string> WhatNobodyHeardOfIsFound(Evidence evidence)
        => evidence.World.Unheard.Where(name => !evidence.Rows.Any(row => row.Dataset.Name == name)).Select(name => $"{name} was not announced, and no sweep has started it");

    /// <summary>I3: trouble that passes does not end a run.</summary>
    public static IEnumerable<string> NoRunEndsWithoutACause(Evidence evidence)
        => evidence.Rows.Where(row => row.Status is not RunStatus.Running && !Causes.Of(row, evidence).Contains(row.Status))
            .Select(row => $"run {row.RunId} ended {row.Status} without a cause: {row.Detail} ({row.ErrorCode})");

    /// <summary>I4.</summary>
    public static IEnumerable<string> NoModelIsLost(Evidence evidence)
    {
        bool isLost = evidence.Chronicle.Ledgers.Count > 1;
        foreach (RunRow row in evidence.Rows.Where(row => row.Status is RunStatus.Succeeded))
        {
            string? model = evidence.Jobs.FirstOrDefault(job => job.Id == row.JobId)?.Model;
            if (row.ModelId is null || row.ModelId != model)
            {
                yield return $"run {row.RunId} says model {row.ModelId}, its job {row.JobId} says {model}";
            }

            // With the ledger lost, the sweep may have given the job another run, whose model it then is.
            if (!evidence.Models.Any(known => known.ModelId == row.ModelId && known.JobId == row.JobId && (known.RunId == row.RunId || isLost)))
            {
                yield return $"model {row.ModelId} of run {row.RunId} is not among the models";
            }
        }

    }

    /// <summary>I4, the other way round: whatever a run gave up, the sweep has found again.</summary>
    public static IEnumerable<string> EveryModelIsFound(Evidence evidence)
    {
        foreach (JobAtProvider job in evidence.Jobs.Where(job => job.Status == "succeeded"))
        {
            if (!evidence.Rows.Any(row => row.JobId == job.Id && row.ModelId == job.Model))
            {
                yield return $"job {job.Id} left the model {job.Model}, and no run has it";
            }
        }
    }

    /// <summary>I6.</summary>
    public static IEnumerable<string> WhatIsFinalStays(Evidence evidence) => evidence.Chronicle.Ledgers.SelectMany(ChangedAfterTheEnd);

    /// <param name="written">Every version of every run's row, in the order in which they were written.</param>
    public static IEnumerable<string> ChangedAfterTheEnd(IEnumerable<RunRow> written)
    {
        foreach (var versions in written.GroupBy(row => row.RunId))
        {
            foreach ((RunRow before, RunRow after) in versions.Zip(versions.Skip(1)))
            {
                if (before.Status is not RunStatus.Running && Comparable(before) != Comparable(after))
                {
                    yield return $"run {before.RunId} was {before.Status} and changed to {after.Status}: {after}";
                }

                if (before.JobId is not null && before.JobId != after.JobId)
                {
                    yield return $"run {before.RunId} had job {before.JobId} and then {after.JobId}";
                }

                if (before.CancelRequested && !after.CancelRequested)
                {
                    yield return $"run {before.RunId} forgot that it was cancelled";
                }
            }
        }
    }

    /// <summary>Without the proofs of deletion, which come after the end, and without lists, which are never equal.</summary>
    private static RunRow Comparable(RunRow row) => row with { ETag = null, DeletedFiles = null, Checkpoints = null };

    /// <summary>
    /// I13. Several events may have the same second; then their order is anybody's guess if the provider shuffles them. Those that were lost with a
    /// ledger are read again at the last look, and stored behind those that came since; after the last look they stay lost.
    /// </summary>
    public static IEnumerable<string> EveryEventOnceAndInOrder(Evidence evidence)
    {
        bool isLost = evidence.Chronicle.Ledgers.Count > 1;
        bool isShuffled = isLost || evidence.Plan.Faults.Any(fault => fault.Name == "events in another order");
        foreach (RunRow row in evidence.Rows.Where(row => row.Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled))
        {
            if (evidence.Jobs.FirstOrDefault(job => job.Id == row.JobId && job.Key == row.Key) is not { } job)
            {
                continue;
            }

            string[] stored = [.. evidence.Events[row.RunId].Select(told => told.Id)];
            bool isWhole = isLost ? stored.Distinct().Count() == stored.Length && stored.All(job.EventIds.Contains) : stored.Order().SequenceEqual(job.EventIds.Order());
            if (!isWhole)
            {
                yield return $"run {row.RunId} has {stored.Length} events, {stored.Distinct().Count()} different; its job has {job.EventIds.Count}";
            }
            else if (!isShuffled && !stored.SequenceEqual(job.EventIds))
            {
                yield return $"run {row.RunId} has its job's events in another order";
            }
        }
    }
}
