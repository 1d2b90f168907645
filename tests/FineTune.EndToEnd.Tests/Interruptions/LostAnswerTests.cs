using FineTune.Emulator.Faults;
using FineTune.Emulator.Ledger;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests.Interruptions;

/// <summary>Killed while a call is on its way: the provider may or may not have done what was asked, and nobody heard the answer.</summary>
public sealed class LostAnswerTests
{
    private const string Files = "/v1/files";
    private const string Jobs = "/v1/fine_tuning/jobs";

    [Fact]
    public async Task Run_FindsItsUpload_WhenKilledBeforeTheAnswerCame()
    {
        RunView run = await KilledDuringAsync(Files, afterCommit: true, ledger => ledger.UploadsByName.Count == 1);

        Assert.Equal((1, 1), (Uploads(run), JobPosts(run)));
    }

    [Fact]
    public async Task Run_UploadsOnce_WhenKilledBeforeTheProviderActed()
    {
        RunView run = await KilledDuringAsync(Files, afterCommit: false, ledger => ledger.Requests.ContainsKey($"POST {Files}"));

        Assert.Equal((1, 1), (Uploads(run), JobPosts(run)));
    }

    [Fact]
    public async Task Run_AdoptsItsJob_WhenKilledBeforeTheAnswerCame()
    {
        RunView run = await KilledDuringAsync(Jobs, afterCommit: true, ledger => ledger.Jobs.Count == 1);

        Assert.Equal((1, 1), (Uploads(run), JobPosts(run)));
    }

    [Fact]
    public async Task Run_AsksASecondTime_WhenKilledBeforeTheProviderActed()
    {
        RunView run = await KilledDuringAsync(Jobs, afterCommit: false, ledger => ledger.JobPosts.Count == 1);

        Assert.Equal((1, 2), (Uploads(run), JobPosts(run)));
    }

    [Fact]
    public async Task Run_AdoptsItsJob_WhenKilledAgainWhileLookingForIt()
    {
        RunView run = await KilledDuringAsync(Jobs, afterCommit: true, ledger => ledger.Jobs.Count == 1, thenCrashAt: "CreateJob:done");

        Assert.Equal((1, 1), (Uploads(run), JobPosts(run)));
    }

    private LedgerReport? _books;

    private int Uploads(RunView run) => _books!.UploadsBySha256[run.Sha256!];

    private int JobPosts(RunView run) => _books!.JobPosts[run.Key!];

    /// <param name="path">The POST whose answer never comes.</param>
    /// <param name="afterCommit">Whether the provider does what it was asked.</param>
    /// <param name="isUnderWay">When to kill.</param>
    /// <param name="thenCrashAt">Where the second start is to die, too.</param>
    private async Task<RunView> KilledDuringAsync(string path, bool afterCommit, Func<LedgerReport, bool> isUnderWay, string? thenCrashAt = null)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__Provider__CallTimeout"] = "00:01:00";
        scene.Settings["FineTune__Provider__QuietPeriod"] = "00:01:01";
        scene.Emulator.AddFault(new Fault
        {
            Kind = FaultKind.Delay,
            AfterCommit = afterCommit,
            Match = new FaultMatch { Method = "POST", Path = path },
        });
        string[] command = ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];

        RunningProgram first = scene.Start(command);
        await Eventually.TrueAsync(() => isUnderWay(scene.Emulator.ReadLedger()), $"POST {path} is under way");
        await first.KillAsync();
        scene.Settings.Clear();
        if (thenCrashAt is not null)
        {
            (await scene.FineTuneAsync(thenCrashAt, command)).ExitsWith(137);
        }

        RunView run = (await scene.FineTuneAsync(command)).ExitsWith(0).Run;
        await Books.AgreeOnSuccessAsync(scene, run);
        _books = scene.Emulator.ReadLedger();
        return run;
    }
}
