using System.Globalization;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests.Interruptions;

/// <summary>The real program dies by SIGKILL while a call of it is on the way; the other phases are in <see cref="KilledBeforeAStepTests"/> and its neighbours.</summary>
public sealed class KilledDuringACallTests
{
    public static TheoryData<string, Phase> Points
        => [.. KillPoint.All.Where(point => point.Exists && point.CrashAt is null).Select(point => (point.Step, point.Phase))];

    [Theory, MemberData(nameof(Points))]
    public async Task Run_EndsAsIfNothingHadHappened_WhenKilledDuringACall(string step, Phase phase)
    {
        await using Scene scene = await Scene.OpenAsync();
        KilledRun run = new(scene, "lamps");

        await run.KillAsync(new KillPoint(step, phase));

        await Books.AgreeOnSuccessAsync(scene, await run.EndAsync());
    }
}

/// <summary>All steps in all phases: each run is killed once in every step, always in the same phase.</summary>
public sealed class KillMatrixTests(ITestOutputHelper output)
{
    /// <summary>So many runs for each phase.</summary>
    private const int Rounds = 3;

    /// <summary>For the figures: <c>dotnet test tests/FineTune.EndToEnd.Tests --filter KillMatrix -- xUnit.Explicit=on</c> prints them.</summary>
    [Fact(Explicit = true)]
    public async Task Run_EndsAsIfNothingHadHappened_WhenKilledInEveryStep()
    {
        List<TimeSpan> recoveries = [];
        int kills = 0;
        foreach (Phase phase in Enum.GetValues<Phase>())
        {
            for (int round = 1; round <= Rounds; round++)
            {
                kills += await KillInEveryStepAsync(phase, recoveries);
            }
        }

        KillPoint[] points = [.. KillPoint.All.Where(point => point.Exists)];
        recoveries.Sort();
        (string What, string Figure)[] figures =
        [
            ("crash points of the real program covered, of steps times phases", string.Create(
                CultureInfo.InvariantCulture, $"{points.Length} of {KillPoint.All.Count}; {KillPoint.All.Count - points.Length} do not exist, for the step calls nobody")),
            ("kill -9 and start again", string.Create(CultureInfo.InvariantCulture, $"{kills}, every run to its one model, one job and no file left behind")),
            ("from the start to the first thing done, p50 and p95", string.Create(
                CultureInfo.InvariantCulture, $"{At(recoveries, 50):0.00} s, {At(recoveries, 95):0.00} s (the program's own start included)")),
        ];
        Figures.Write("2-kills", figures);
        Array.ForEach(figures, row => output.WriteLine($"{row.What}: {row.Figure}"));
        Assert.InRange(kills, 100, int.MaxValue);
    }

    private static double At(List<TimeSpan> sorted, int percent) => sorted[sorted.Count * percent / 100].TotalSeconds;

    private static async Task<int> KillInEveryStepAsync(Phase phase, List<TimeSpan> recoveries)
    {
        await using Scene scene = await Scene.OpenAsync();
        KilledRun run = new(scene, "lamps");
        KillPoint[] points = [.. KillPoint.All.Where(point => point.Phase == phase && point.Exists)];
        foreach (KillPoint point in points)
        {
            await run.KillAsync(point);
        }

        RunView ended = await run.EndAsync();
        await Books.AgreeOnSuccessAsync(scene, ended);
        recoveries.AddRange(run.Recoveries);
        return points.Length;
    }
}
