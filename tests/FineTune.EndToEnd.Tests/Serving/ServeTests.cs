using System.Diagnostics;
using System.Globalization;
using FineTune.Emulator;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests.Serving;

/// <summary><c>finetune serve</c> beside other commands on the same data folder, and its stop.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Serve_StartsARun_WhenADatasetIsDropped()
    {
        await using Scene scene = await Scene.OpenAsync();
        using Server server = await Server.StartAsync(scene);

        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));

        await Eventually.TrueAsync(async () => (await ListAsync(scene)).Length == 1, "the dropped dataset has a run");
        ProgramResult watched = (await scene.FineTuneAsync("watch")).ExitsWith(0);
        Assert.Contains("Succeeded: ", watched.Output, StringComparison.Ordinal);
        Assert.Equal("lamps.jsonl", Assert.Single(await ListAsync(scene)).Dataset);
    }

    [Fact]
    public async Task Serve_StartsARunWithItsSidecarAndValidationFile_WhenTheyAreDroppedToo()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Drop("lamps.finetune.json", """{ "alias": "lamp-bot", "epochs": 2, "suffix": "lamps" }""");
        scene.Drop("lamps.validation.jsonl", ChatDataset.On("torch"));
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));
        using Server server = await Server.StartAsync(scene);

        RunView run = await server.StartRunAsync("lamps.jsonl");
        run = await server.EndOfAsync(run.RunId);

        Assert.Equal((RunStatus.Succeeded, "lamp-bot"), (run.Status, run.Alias));
        var job = Assert.Single(await scene.Emulator.JobsAsync());
        Assert.Equal(2, job.GetProperty("hyperparameters").GetProperty("n_epochs").GetInt32());
        Assert.StartsWith("file-", job.GetProperty("validation_file").GetString(), StringComparison.Ordinal);
        Assert.Contains(":lamps-", run.ModelId, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "both uploaded files are deleted");
    }

    [Fact]
    public async Task Cancel_StopsARunOfTheServer_WhenGivenInAnotherProcess()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        using Server server = await Server.StartAsync(scene);
        RunView run = await StartUntilItTrainsAsync(scene, server);

        (await scene.FineTuneAsync("cancel", run.RunId[..8])).ExitsWith(0);

        RunView ended = await server.EndOfAsync(run.RunId);
        Assert.Equal((RunStatus.Cancelled, true), (ended.Status, ended.CancelRequested));
        Assert.Equal("cancelled", Assert.Single(await scene.Emulator.JobsAsync()).GetProperty("status").GetString());
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "the uploaded file is deleted");
        (await scene.FineTuneAsync("watch", run.RunId)).ExitsWith(5);
    }

    [Fact]
    public async Task Cancel_StopsARun_WhenAskedOverHttpBeforeItHasAJob()
    {
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        using Server server = await Server.StartAsync(scene);
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));
        RunView run = await server.StartRunAsync("lamps.jsonl");
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 1, "the file is uploaded");

        using HttpResponseMessage answer = await server.Http.PostAsync($"api/runs/{run.RunId}/cancel", content: null, TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Cancelled, (await server.EndOfAsync(run.RunId)).Status);
        Assert.Empty(scene.Emulator.ReadLedger().JobPosts);
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "the uploaded file is deleted");
    }

    [Theory]
    [InlineData("serve", "--port", "0")]
    [InlineData("run", "lamps.jsonl")]
    public async Task SecondProcess_IsRefused_WhenAnotherWorksOnTheFolder(params string[] command)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Write("lamps.jsonl", ChatDataset.On("lamp"));
        using Server server = await Server.StartAsync(scene);

        ProgramResult refused = (await scene.FineTuneAsync(command)).ExitsWith(7);

        Assert.Contains(server.Program.Id.ToString(CultureInfo.InvariantCulture), refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        Assert.False(server.Program.HasExited);
    }

    [Fact]
    public async Task Serve_StopsSoonAndGoesOnAtTheNextStart_WhenItIsTerminated()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        await using Scene scene = await Scene.OpenAsync(new EmulatorOptions());
        RunView run;
        using (Server first = await Server.StartAsync(scene))
        {
            run = await StartUntilItTrainsAsync(scene, first);
            long began = Stopwatch.GetTimestamp();
            await first.Program.TerminateAsync(TestContext.Current.CancellationToken);
            (await first.Program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0);
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        scene.Emulator.Advance(TimeSpan.FromHours(1));
        using Server second = await Server.StartAsync(scene);
        RunView ended = await second.EndOfAsync(run.RunId);

        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "the uploaded file is deleted");
        await Books.AgreeOnSuccessAsync(scene, ended);
    }

    private static async Task<RunView[]> ListAsync(Scene scene)
        => (await scene.FineTuneAsync("list", "--json")).ExitsWith(0).Read(FineTuneJson.Default.RunViewArray);

    private static async Task<RunView> StartUntilItTrainsAsync(Scene scene, Server server)
    {
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));
        RunView run = await server.StartRunAsync("lamps.jsonl");
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 1, "the file is uploaded");
        scene.Emulator.Advance(TimeSpan.FromSeconds(6));
        await Eventually.TrueAsync(async () => (await server.GetRunAsync(run.RunId)).JobId is not null, "the run has its job");
        return run;
    }
}
