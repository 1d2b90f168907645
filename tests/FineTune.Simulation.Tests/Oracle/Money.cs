using FineTune.Catalogue;
using FineTune.Datasets.Counting;
using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests.Oracle;

/// <summary>What costs money or lies around at the provider.</summary>
internal static class Money
{
    /// <summary>I1.</summary>
    public static IEnumerable<string> OneJobForEachKey(Evidence evidence)
    {
        foreach (var jobs in evidence.Jobs.GroupBy(job => job.Key))
        {
            if (jobs.Key is null || !evidence.Claims.ContainsKey(jobs.Key))
            {
                yield return $"job {jobs.First().Id} of key {jobs.Key ?? "none"} belongs to no claim";
            }

            if (jobs.Count(job => !MayBeSurplus(job, evidence)) > 1)
            {
                yield return $"key {jobs.Key?[..8]} has {jobs.Count()} jobs: {string.Join(", ", jobs.Select(job => $"{job.Id} {job.Status} on {job.TrainingFile}"))}";
            }
        }

        foreach (RunRow row in evidence.Rows.Where(row => row.Status is RunStatus.Succeeded))
        {
            string? key = evidence.Jobs.FirstOrDefault(job => job.Id == row.JobId)?.Key;
            if (evidence.Jobs.Count(job => job.Key == key && job.Status == "succeeded") != 1)
            {
                yield return $"run {row.RunId} succeeded without exactly one job for its key";
            }
        }
    }

    /// <summary>
    /// Where new jobs are listed too late, a second one may have come to nothing before it had trained anything. And what failed or was cancelled
    /// is not worth having: with the ledger lost, its key may be bought once more.
    /// </summary>
    private static bool MayBeSurplus(JobAtProvider job, Evidence evidence)
        => (evidence.Plan.ListsLagForLong && job is { Status: "cancelled" or "failed", TrainedTokens: null or 0 })
            || (evidence.Chronicle.Ledgers.Count > 1 && job.Status is ("failed" or "cancelled"));

    /// <summary>I2. While the list of files lags behind, nobody can see what was uploaded just before.</summary>
    public static IEnumerable<string> HardlyAnUploadTooMany(Evidence evidence)
    {
        foreach (string key in evidence.Keys)
        {
            int runs = evidence.Rows.Count(row => row.Key == key && row.UploadBegun) + evidence.Chronicle.Ledgers.Count - 1;
            int uploads = evidence.UploadsOf(key);
            if (uploads > (2 * runs) + BlindUploads(key, evidence))
            {
                yield return $"the file of key {key[..8]} was uploaded {uploads} times for {runs} runs";
            }
        }
    }

    /// <summary>Those that came before the one before them was in the list.</summary>
    private static int BlindUploads(string key, Evidence evidence)
    {
        TimeSpan lag = TimeSpan.FromSeconds(evidence.Plan.Faults.FirstOrDefault(LagsBehindUploads)?.Fault.Seconds ?? 0);
        string[] runs = [.. evidence.Rows.Where(row => row.Key == key).Select(row => row.RunId)];
        DateTimeOffset[] uploads =
        [
            .. evidence.Chronicle.Exchanges.Where(exchange => exchange is { Method: "POST", Path: "/v1/files" } && runs.Contains(exchange.Caller.Split(' ')[0]))
                .Select(exchange => exchange.At),
        ];
        return uploads.Zip(uploads.Skip(1)).Count(pair => pair.Second - pair.First < lag);
    }

    /// <summary>I2: not one file, once a sweep has been through, but those of jobs that live.</summary>
    public static IEnumerable<string> NoFileIsLeftBehind(Evidence evidence)
    {
        HashSet<string> needed = [.. evidence.Books.LiveJobs.Select(job => job.TrainingFile)];
        foreach (var file in evidence.Plan.KeepsFiles ? [] : evidence.Books.StoredFiles)
        {
            if (file.Filename != World.Provider.ForeignFile && !needed.Contains(file.Id))
            {
                yield return $"file {file.Id} called {file.Filename} is left behind after a sweep";
            }
        }
    }

    /// <summary>I2. Where a job may still need its file, it stays; one that no list shows yet, or no ledger remembers, is for the sweep.</summary>
    public static IEnumerable<string> HardlyAFileIsLeftBehind(Evidence evidence)
    {
        foreach (var file in evidence.Plan.KeepsFiles || FileListLags(evidence) || evidence.Chronicle.Ledgers.Count > 1 ? [] : evidence.Books.StoredFiles)
        {
            string key = file.Filename.Split('.')[0];
            if (evidence.Keys.Contains(key) && !MayNeedFile(evidence, key))
            {
                yield return $"file {file.Id} of key {key[..8]} is left behind";
            }
        }
    }

    /// <summary>I9, of budgets: what is set aside is never more than the month allows and people approved, and no more was trained.</summary>
    public static IEnumerable<string> TheMonthIsNotOverspent(Evidence evidence)
    {
        if (evidence.Plan.MonthBudget is not { } budget || evidence.Chronicle.Ledgers.Count > 1)
        {
            yield break; // A new ledger counts what the old one let through with its estimate, and may count too much.
        }

        decimal approved = evidence.Rows.Where(row => row is { Approval.Approved: true, ApprovalRequest.OverMonth: true }).Sum(row => row.PriceHigh ?? 0);
        foreach ((string month, decimal committed) in evidence.Chronicle.Committed.Where(month => month.Value > budget + approved))
        {
            yield return $"{month} had ${committed} committed, with ${budget} for the month and ${approved} approved beyond it";
        }

        decimal billed = evidence.Jobs.Sum(job => PriceEstimate.AtListPrice(job.TrainedTokens ?? 0, ModelCatalogue.BuiltIn.Find(SimulatedWorld.Spec.Model)) ?? 0);
        if (billed > budget + approved)
        {
            yield return $"jobs of ${billed} were trained, with ${budget} for the month and ${approved} approved beyond it";
        }
    }

    /// <summary>I10.</summary>
    public static IEnumerable<string> TrainedOnTheBytesOfTheKey(Evidence evidence)
    {
        foreach ((string key, string sha256) in evidence.Chronicle.TrainedOn)
        {
            if (sha256 != "gone" && evidence.Rows.Where(row => row.Key == key).Any(row => row.Sha256 != sha256))
            {
                yield return $"a job of key {key[..8]} was asked for on a file with other bytes";
            }
        }

        foreach (RunRow row in evidence.Rows.Where(row => row.Sha256 is not null && !evidence.Contents.Contains(row.Sha256)))
        {
            yield return $"run {row.RunId} has the hash of bytes that no dataset ever had";
        }
    }

    private static bool FileListLags(Evidence evidence) => evidence.Plan.Faults.Any(LagsBehindUploads);

    public static bool LagsBehindUploads(ProviderFault fault) => fault.Name == "new files are listed late";

    private static bool MayNeedFile(Evidence evidence, string key)
        => (evidence.Plan.Hosts is HostsPlan.TwoJournals && evidence.Rows.Count(row => row.Key == key) > 1) // each may leave it to the other; the sweep finds it
            || evidence.Claims.GetValueOrDefault(key) is { OpenIntentAt: not null }
            || evidence.Jobs.Any(job => job.Key == key && job.Status is not ("succeeded" or "failed" or "cancelled"));
}
