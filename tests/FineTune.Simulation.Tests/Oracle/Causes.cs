using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>Which ends a run may come to, given what was done to it.</summary>
internal static class Causes
{
    private const int LostCallsAtMost = 3;

    public static IReadOnlySet<RunStatus> Of(RunRow row, Evidence evidence)
        => new HashSet<RunStatus>([RunStatus.Succeeded, .. OfDatasets(row, evidence), .. OfPeople(evidence), .. OfProvider(row, evidence)]);

    private static IEnumerable<RunStatus> OfDatasets(RunRow row, Evidence evidence)
    {
        if (evidence.Plan.Datasets.Any(dataset => dataset.Name == row.Dataset.Name && !dataset.IsTrainable))
        {
            yield return RunStatus.Invalid;
        }

        if (evidence.Rows.Any(other => other.RunId != row.RunId && other.Key == row.Key && row.Key is not null))
        {
            yield return RunStatus.Duplicate;
        }

        if (Has(evidence, DisturbanceKind.Overwrite) || Has(evidence, DisturbanceKind.Touch))
        {
            yield return RunStatus.Superseded;
        }

        if (evidence.Chronicle.Ledgers.Count > 1)
        {
            // Its row was missing for longer than a step waits, or what became of it was lost; or its key is in no row any more.
            yield return RunStatus.NeedsAttention;
            yield return RunStatus.Duplicate;
        }

        if (Has(evidence, DisturbanceKind.Delete))
        {
            yield return RunStatus.DatasetGone;
        }
    }

    private static IEnumerable<RunStatus> OfPeople(Evidence evidence)
    {
        if (Has(evidence, DisturbanceKind.Cancel) || evidence.World.Meddled.Contains(DisturbanceKind.CancelAtProvider))
        {
            yield return RunStatus.Cancelled;
        }

        // A word that was said while its hearer died may be lost; then the time runs out.
        if (evidence.Plan.Answer is PersonsAnswer.Reject or PersonsAnswer.Silence
            || evidence.Plan.MonthBudget is not null
            || (evidence.Plan.Answer is PersonsAnswer.Approve && evidence.Chronicle.Kills > 0))
        {
            yield return RunStatus.Rejected;
        }

        if (evidence.World.Meddled.Contains(DisturbanceKind.DeleteFileAtProvider))
        {
            yield return RunStatus.Failed;
        }
    }

    private static IEnumerable<RunStatus> OfProvider(RunRow row, Evidence evidence)
    {
        foreach (ProviderFault fault in evidence.Plan.Faults)
        {
            if (fault.MayEnd is { } end)
            {
                yield return end;
            }
        }

        if (row.RecoveredAt is not null && evidence.Jobs.Any(job => job.Id == row.JobId && job.Status == "cancelled"))
        {
            yield return RunStatus.Cancelled; // As its job had been, by the run before it.
        }

        if (evidence.Plan.ListsLagForLong && row.ErrorCode == "deleted_training_file")
        {
            yield return RunStatus.Failed; // A run that saw no job for too long gave it up, and its file.
        }

        if (evidence.Plan.Provider.DailyJobLimit is not null)
        {
            yield return RunStatus.TimedOut; // with the jobs of others it may take more days than a run waits
        }

        if (row.Key is not null && evidence.Claims.GetValueOrDefault(row.Key) is { Attempts: >= LostCallsAtMost })
        {
            yield return RunStatus.NeedsAttention;
        }
    }

    private static bool Has(Evidence evidence, DisturbanceKind kind) => evidence.Plan.Disturbances.Any(one => one.Kind == kind);
}
