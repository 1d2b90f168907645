using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Sweeping;

namespace FineTune.EndToEnd.Tests.Interruptions;

/// <summary>Ledger and journal are deleted under the real program; a sweep brings back what was paid for, and pays for nothing.</summary>
public sealed class LostStorageTests
{
    [Fact]
    public async Task Sweep_BringsRunModelAndAliasBack_WhenEverythingIsLostAfterTheEnd()
    {
        await using Scene scene = await Scene.OpenAsync();
        string[] command = ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--suffix", "glow", "--epochs", "2", "--json"];
        RunView before = (await scene.FineTuneAsync(command)).ExitsWith(0).Run;
        LoseLedger(scene);
        LoseJournal(scene);

        SweepReport report = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);
        RunView after = (await scene.FineTuneAsync("status", "--json")).ExitsWith(0).Run;

        Assert.Equal([before.RunId], report.Recovered);
        Assert.NotNull(before.Cost);
        Assert.Equal(Facts(before), Facts(after));
        await Books.AgreeOnSuccessAsync(scene, after);
        ModelView model = Assert.Single((await scene.FineTuneAsync("models", "--json")).ExitsWith(0).Read(FineTuneJson.Default.ModelViewArray));
        Assert.Equal((before.ModelId, "lamps", true), (model.ModelId, model.Alias, model.IsCurrent));
        RunView again = (await scene.FineTuneAsync(command)).ExitsWith(0).Run;
        Assert.Equal((before.RunId, before.ModelId), (again.RunId, again.ModelId));
        Assert.Equal([1], scene.Emulator.ReadLedger().JobPosts.Values);
    }

    [Fact]
    public async Task Sweep_FollowsTheJobToItsEnd_WhenEverythingIsLostInTheMiddle()
    {
        await using Scene scene = await TrainingSceneAsync();
        LoseLedger(scene);
        LoseJournal(scene);

        (await scene.FineTuneAsync("sweep")).ExitsWith(0);

        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Sweep_FollowsTheJobToItsEnd_WhenOnlyTheJournalIsLost()
    {
        await using Scene scene = await TrainingSceneAsync();
        LoseJournal(scene);

        (await scene.FineTuneAsync("sweep")).ExitsWith(0);

        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Sweep_FollowsTheJobToItsEnd_WhenOnlyTheLedgerIsLost()
    {
        await using Scene scene = await TrainingSceneAsync();
        LoseLedger(scene);

        // The workflow that is still there stumbles over the missing row, or finds it written again: both end in one row with the model.
        await Eventually.TrueAsync(
            async () =>
            {
                (await scene.FineTuneAsync("sweep")).ExitsWith(0);
                return (await scene.FineTuneAsync("list", "--json")).Read(FineTuneJson.Default.RunViewArray).Any(run => run.Status is RunStatus.Succeeded);
            },
            "the run is back");

        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Sweep_LeavesJobsOfOthersAlone()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.Emulator.CreateForeignJobAsync("somebody-elses-key");
        scene.Settings["FineTune__Provider__Installation"] = "test";
        RunView ours = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;
        LoseLedger(scene);
        LoseJournal(scene);
        scene.Settings["FineTune__Provider__Installation"] = "production";

        SweepReport others = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);
        scene.Settings["FineTune__Provider__Installation"] = "test";
        SweepReport own = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);

        Assert.Empty(others.Recovered);
        Assert.Equal([ours.RunId], own.Recovered);
    }

    [Fact]
    public async Task Sweep_StartsADataset_ThatNobodyAnnounced()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));

        SweepReport early = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);
        scene.Settings["FineTune__StartMissedAfter"] = "00:00:00";
        SweepReport due = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);
        SweepReport late = (await scene.FineTuneAsync("sweep", "--json")).ExitsWith(0).Read(FineTuneJson.Default.SweepReport);

        Assert.Empty(early.Started);
        Assert.Single(due.Started);
        Assert.Empty(late.Started);
        await Books.AgreeOnSuccessAsync(scene, (await scene.FineTuneAsync("status", "--json")).ExitsWith(0).Run);
    }

    /// <summary>Killed while its job trains.</summary>
    private static async Task<Scene> TrainingSceneAsync()
    {
        Scene scene = await Scene.OpenAsync();
        RunningProgram program = scene.Start("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")));
        await Eventually.TrueAsync(() => program.HasExited || program.Output.Contains("running", StringComparison.Ordinal), "the job trains");
        await program.KillAsync();
        return scene;
    }

    private static async Task AgreeAsync(Scene scene)
    {
        await Books.AgreeOnSuccessAsync(scene, (await scene.FineTuneAsync("status", "--json")).ExitsWith(0).Run);
        Assert.Equal([1], scene.Emulator.ReadLedger().JobPosts.Values);
    }

    private static object Facts(RunView run) => (
        run.RunId, run.Status, run.Dataset, run.BaseModel, run.CreatedAt, run.Key, run.Sha256,
        (run.Examples, run.Tokens, run.PriceLow, run.PriceHigh, run.JobId, run.ModelId, run.Alias, run.TrainedTokens, run.Cost));

    private static void LoseLedger(Scene scene)
    {
        foreach (string file in Directory.GetFiles(scene.DataFolder, "ledger.db*"))
        {
            File.Delete(file);
        }
    }

    private static void LoseJournal(Scene scene) => Directory.Delete(Path.Combine(scene.DataFolder, "engine"), recursive: true);
}
