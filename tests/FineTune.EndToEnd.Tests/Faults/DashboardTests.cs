using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Emulator.Ledger;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests.Faults;

/// <summary>Other people have an account at the provider, too. Emulated time stands nearly still here and is moved by the test.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Run_IsCancelled_WhenItsJobIsCancelledAtTheProvider()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        RunningProgram program = scene.Start("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json");
        string job = await JobOfAsync(scene);

        await scene.Emulator.InterveneAsync(job, "cancel");

        RunView run = (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(5).Run;
        Assert.Equal((RunStatus.Cancelled, job), (run.Status, run.JobId));
        await Books.AgreeAsync(scene, run);
    }

    [Fact]
    public async Task Run_WaitsAndGoesOn_WhenItsJobIsPausedAndResumed()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        RunningProgram program = scene.Start("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")));
        string job = await JobOfAsync(scene);

        await scene.Emulator.InterveneAsync(job, "pause");
        await Eventually.TrueAsync(() => program.Output.Contains($"Job {job} is paused", StringComparison.Ordinal), "the run shows that its job is paused");
        scene.Emulator.Advance(TimeSpan.FromDays(1));
        await scene.Emulator.InterveneAsync(job, "resume");
        scene.Emulator.Advance(TimeSpan.FromHours(1));

        (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0);
        RunView run = (await scene.FineTuneAsync("status", "--json")).ExitsWith(0).Run;
        Assert.Equal(RunStatus.Succeeded, run.Status);
        await Books.AgreeAsync(scene, run);
    }

    [Fact]
    public async Task Run_FailsWithTheReason_WhenItsFileIsDeletedAtTheProvider()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        RunningProgram program = scene.Start("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json");
        await JobOfAsync(scene);

        await scene.Emulator.DeleteFileAsync(Assert.Single(scene.Emulator.ReadLedger().StoredFiles).Id);

        RunView run = (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(4).Run;
        Assert.Equal((RunStatus.Failed, "deleted_training_file"), (run.Status, run.ErrorCode));
        await Books.AgreeAsync(scene, run);
    }

    [Fact]
    public async Task Run_AdoptsItsOwnJobOnly_WhenTheAccountHasOthersOfTheSameKey()
    {
        await using Scene scene = await Scene.OpenAsync();
        string[] command = ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];
        (await scene.FineTuneAsync("UploadDataset:journaled", command)).ExitsWith(137);
        LedgerFile ours = Assert.Single(scene.Emulator.ReadLedger().StoredFiles);
        string key = Path.GetFileNameWithoutExtension(ours.Filename);
        string foreign = await scene.Emulator.CreateForeignJobAsync(key);
        scene.Emulator.AddFault(FaultCase.On("POST", FaultCase.Jobs, FaultKind.CommitThenDrop));
        scene.Emulator.AddFault(FaultCase.On("GET", FaultCase.Jobs, FaultKind.MetadataFilterIgnored));

        RunView run = (await scene.FineTuneAsync(command)).ExitsWith(0).Run;

        Assert.NotEqual(foreign, run.JobId);
        var job = (await scene.Emulator.JobsAsync()).Single(one => one.GetProperty("id").GetString() == run.JobId);
        Assert.Equal(ours.Id, job.GetProperty("training_file").GetString());
        Assert.Equal(2, scene.Emulator.ReadLedger().Jobs[key]);
    }

    /// <summary>Lets the file be processed and waits until there is a job for it.</summary>
    private static async Task<string> JobOfAsync(Scene scene)
    {
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 1, "the file is uploaded");
        scene.Emulator.Advance(TimeSpan.FromSeconds(6));
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().LiveJobs.Count == 1, "there is a job");
        return scene.Emulator.ReadLedger().LiveJobs[0].Id;
    }
}
