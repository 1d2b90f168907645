using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>A person is told of a job there is no news of. The run goes on all the same, and has its model in the end.</summary>
public sealed class AlarmTests
{
    /// <summary>The provider's clock hardly moves unless the test moves it on.</summary>
    private static readonly EmulatorOptions FrozenProvider = new() { Speed = 0.001, FileProcessing = TimeSpan.Zero };

    [Fact]
    public async Task Run_IsCalledStalled_WhileTheProviderTellsNothingNew()
    {
        await using Scene scene = await OpenAsync();
        using Server server = await Server.StartAsync(scene);
        RunView run = await StartAsync(scene, server);

        RunAlarm alarm = await AlarmOfAsync(server, run);
        ProgramResult status = (await scene.FineTuneAsync("status", run.RunId)).ExitsWith(0);

        Assert.Equal(RunAlarm.Stalled, alarm.Code);
        Assert.Contains(alarm.Detail, status.Output, StringComparison.Ordinal);
        Assert.Contains($"Run {run.RunId}: job", server.Program.Output + server.Program.Error, StringComparison.Ordinal);
        await EndsWellAsync(scene, server, run);
    }

    [Fact]
    public async Task Run_IsCalledUnreachable_WhileTheProviderDoesNotAnswer()
    {
        await using Scene scene = await OpenAsync();
        using Server server = await Server.StartAsync(scene);
        RunView run = await StartAsync(scene, server);
        scene.Emulator.AddFault(new Fault
        {
            Kind = FaultKind.FailBefore,
            Status = 401,
            Match = new FaultMatch { Method = "GET", Path = "/v1/fine_tuning/jobs/*", Times = 0 },
        });

        await Eventually.TrueAsync(async () => (await server.GetRunAsync(run.RunId)).Alarm?.Code == RunAlarm.Unreachable, "the alarm says that nobody answers");
        scene.Emulator.ClearFaults();

        await EndsWellAsync(scene, server, run);
    }

    private static async Task<Scene> OpenAsync()
    {
        Scene scene = await Scene.OpenAsync(FrozenProvider);
        scene.Settings["FineTune__StalledAfter"] = "00:00:01";
        return scene;
    }

    private static async Task<RunView> StartAsync(Scene scene, Server server)
    {
        scene.Drop("lamps.jsonl", ChatDataset.On("lamp"));
        return await server.StartRunAsync("lamps.jsonl");
    }

    private static async Task<RunAlarm> AlarmOfAsync(Server server, RunView run)
    {
        RunAlarm? alarm = null;
        await Eventually.TrueAsync(async () => (alarm = (await server.GetRunAsync(run.RunId)).Alarm) is not null, "somebody is told");
        return alarm!;
    }

    private static async Task EndsWellAsync(Scene scene, Server server, RunView run)
    {
        scene.Emulator.Advance(TimeSpan.FromHours(1));
        RunView ended = await server.EndOfAsync(run.RunId);
        Assert.Equal((RunStatus.Succeeded, null), (ended.Status, ended.Alarm));
        await Eventually.TrueAsync(() => scene.Emulator.ReadLedger().StoredFiles.Count == 0, "its files are deleted");
        await Books.AgreeOnSuccessAsync(scene, ended);
    }
}
