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

            if (jobs.Count() > 1)
            {
                yield return $"key {jobs.Key?[..8]} has {jobs.Count()} jobs: {string.Join(", ", jobs.Select(job => $"{job.Id} {job.Status} on {job.TrainingFile}"))}";
            }
        }

        foreach (RunRow row in evidence.Rows.Where(row => row.Status is RunStatus.Succeeded && evidence.Jobs.Count(job => job.Key == row.Key) != 1))
        {
            yield return $"run {row.RunId} succeeded without exactly one job for its key";
        }
    }

    /// <summary>I2. While the list of files lags behind, each death between upload and record costs one more.</summary>
    public static IEnumerable<string> HardlyAnUploadTooMany(Evidence evidence)
    {
        foreach (string key in evidence.Keys)
        {
            int runs = evidence.Rows.Count(row => row.Key == key && row.UploadBegun);
            int uploads = evidence.UploadsOf(key);
            if (uploads > (2 * runs) + (FileListLags(evidence) ? evidence.Chronicle.Kills : 0))
            {
                yield return $"the file of key {key[..8]} was uploaded {uploads} times for {runs} runs";
            }
        }
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

    /// <summary>I2. Where a job may still need its file, it stays; one that no list shows yet is for the sweep.</summary>
    public static IEnumerable<string> HardlyAFileIsLeftBehind(Evidence evidence)
    {
        foreach (var file in evidence.Plan.KeepsFiles || FileListLags(evidence) ? [] : evidence.Books.StoredFiles)
        {
            string key = file.Filename.Split('.')[0];
            if (evidence.Keys.Contains(key) && !MayNeedFile(evidence, key))
            {
                yield return $"file {file.Id} of key {key[..8]} is left behind";
            }
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

    private static bool FileListLags(Evidence evidence) => evidence.Plan.Faults.Any(fault => fault.Name == "new files are listed late");

    private static bool MayNeedFile(Evidence evidence, string key)
        => (evidence.Plan.Hosts is HostsPlan.TwoJournals && evidence.Rows.Count(row => row.Key == key) > 1) // each may leave it to the other; the sweep finds it
            || evidence.Claims.GetValueOrDefault(key) is { OpenIntentAt: not null }
            || evidence.Jobs.Any(job => job.Key == key && job.Status is not ("succeeded" or "failed" or "cancelled"));
}
