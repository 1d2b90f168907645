using FineTune.Emulator.Ledger;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>Compares what the product recorded with what the emulator, which is its own judge, has in its books.</summary>
internal static class Books
{
    /// <summary>The run has the one model of its one job, and <see cref="AgreeAsync">everything else agrees</see>.</summary>
    public static async Task AgreeOnSuccessAsync(Scene scene, RunView run)
    {
        Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.ErrorCode));
        await AgreeAsync(scene, run);
        var job = Assert.Single(await scene.Emulator.JobsAsync());
        Assert.Equal(job.GetProperty("fine_tuned_model").GetString(), run.ModelId);
    }

    /// <summary>At most one job, and that one known; no file left behind, hardly an upload too many, every event once and in order.</summary>
    public static async Task AgreeAsync(Scene scene, RunView run)
    {
        LedgerReport ledger = scene.Emulator.ReadLedger();
        Assert.Empty(ledger.StoredFiles);
        Assert.Empty(ledger.LiveJobs);
        Assert.All(ledger.UploadsBySha256, upload => Assert.Equal((run.Sha256, true), (upload.Key, upload.Value is 1 or 2)));
        Assert.Equal(run.JobId is null ? [] : new Dictionary<string, int> { [run.Key!] = 1 }, ledger.Jobs);

        RunEvent[] stored = await scene.StoredEventsAsync(run.RunId);
        string[] told = run.JobId is null ? [] : await scene.Emulator.EventIdsAsync(run.JobId);
        Assert.Equal(told, stored.Select(one => one.Id));
    }
}
