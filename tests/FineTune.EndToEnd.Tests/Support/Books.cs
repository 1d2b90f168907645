using FineTune.Emulator.Ledger;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>Compares what the product recorded with what the emulator, which is its own judge, has in its books.</summary>
internal static class Books
{
    /// <summary>One job, no file left behind, hardly an upload too many, every event once and in order, and the model of that job.</summary>
    public static async Task AgreeOnSuccessAsync(Scene scene, RunView run)
    {
        Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.ErrorCode));

        LedgerReport ledger = scene.Emulator.ReadLedger();
        Assert.Equal(new Dictionary<string, int> { [run.Key!] = 1 }, ledger.Jobs);
        Assert.Empty(ledger.StoredFiles);
        Assert.All(ledger.UploadsBySha256, upload => Assert.InRange(upload.Value, 1, 2));
        Assert.Equal([run.Sha256!], ledger.UploadsBySha256.Keys);

        var job = Assert.Single(await scene.Emulator.JobsAsync());
        Assert.Equal(job.GetProperty("id").GetString(), run.JobId);
        Assert.Equal(job.GetProperty("fine_tuned_model").GetString(), run.ModelId);

        RunEvent[] stored = await scene.StoredEventsAsync(run.RunId);
        Assert.Equal(await scene.Emulator.EventIdsAsync(run.JobId!), stored.Select(told => told.Id));
    }
}
