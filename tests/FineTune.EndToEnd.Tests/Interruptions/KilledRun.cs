using System.Diagnostics;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests.Interruptions;

/// <summary>One run of the real program that is killed again and again, and started again each time with the same command.</summary>
internal sealed class KilledRun(Scene scene, string topic)
{
    private const int Killed = 137; // 128 + SIGKILL

    private readonly string[] _command = ["run", scene.Write($"{topic}.jsonl", ChatDataset.On(topic)), "--json"];
    private bool _wasKilled;

    /// <summary>From each start after a kill to the first thing that was heard of the program.</summary>
    public List<TimeSpan> Recoveries { get; } = [];

    public async Task KillAsync(KillPoint point)
    {
        if (point.CrashAt is { } place)
        {
            await DieByItselfAsync(place);
        }
        else
        {
            await DieOfSilenceAsync(point);
        }

        _wasKilled = true;
    }

    /// <summary>Starts it a last time and leaves it alone.</summary>
    public async Task<RunView> EndAsync()
    {
        ProgramResult result = await EndOfAsync(scene.Start(_command));
        return result.ExitsWith(0).Run;
    }

    private async Task DieByItselfAsync(string place) => (await EndOfAsync(scene.StartToCrash(place, _command))).ExitsWith(Killed);

    /// <summary>Killed from outside while it waits for an answer that never comes.</summary>
    private async Task DieOfSilenceAsync(KillPoint point)
    {
        string fault = scene.Emulator.AddFault(point.Silence).Id;
        RunningProgram program = scene.Start(_command);
        await Eventually.TrueAsync(() => program.HasExited || scene.Emulator.Faults().Single(one => one.Id == fault).Fired > 0, $"{point} is under way");
        Assert.False(program.HasExited, $"It ended before {point}: {program.Error}");
        await program.KillAsync();
    }

    private async Task<ProgramResult> EndOfAsync(RunningProgram program)
    {
        long began = Stopwatch.GetTimestamp();
        int before = scene.Emulator.ReadLedger().Log.Count;
        if (_wasKilled)
        {
            await Eventually.TrueAsync(
                () => program.HasExited || scene.Emulator.ReadLedger().Log.Count > before, "the program does something, or ends");
            Recoveries.Add(Stopwatch.GetElapsedTime(began));
        }

        return await program.EndAsync(TestContext.Current.CancellationToken);
    }
}
