using FineTune.Emulator.Jobs;
using FineTune.Emulator.State;
using FineTune.Emulator.Time;

namespace FineTune.Emulator.Ledger;

/// <summary>Draws up the ledger as it stands.</summary>
internal sealed class LedgerReader(EmulatorState state, RequestLog log, JobReader jobs, EmulatedClock clock)
{
    /// <summary>The metadata pair that names a run.</summary>
    public const string KeyName = "ft_key";

    public LedgerReport Read()
    {
        var now = clock.Now;
        var files = state.Files.All();
        var all = state.Jobs.All();
        var (newest, dropped) = log.Read();
        return new LedgerReport(
            now,
            new SortedDictionary<string, int>(log.Counts.ToDictionary(), StringComparer.Ordinal),
            state.JobPosts.ToDictionary(),
            Count(all, j => KeyOf(j) ?? LedgerMiddleware.NoKey),
            Count(files, f => f.Filename),
            Count(files, f => f.Sha256),
            [.. files.Where(f => f.ExistsAt(now)).Select(f => new LedgerFile(f.Id, f.Filename, f.Purpose, f.Bytes, f.Sha256))],
            [.. all.Select(LiveJob).Where(j => !JobStatus.IsFinal(j.Status))],
            newest,
            dropped);
    }

    private static Dictionary<string, int> Count<T>(IEnumerable<T> items, Func<T, string> by)
        => items.CountBy(by).ToDictionary();

    private static string? KeyOf(FineTuningJob job) => job.Request.Metadata?.GetValueOrDefault(KeyName);

    private LedgerJob LiveJob(FineTuningJob job) => new(job.Id, jobs.MomentOf(job).Status, KeyOf(job), job.Request.TrainingFile);
}
