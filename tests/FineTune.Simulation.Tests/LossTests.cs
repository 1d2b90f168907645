using System.Collections.Concurrent;
using FineTune.Simulation.Tests.Oracle;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;

namespace FineTune.Simulation.Tests;

/// <summary>
/// Losses at every single step of a run, where plans draw only some. Explicit, for it takes half a minute:
/// <c>dotnet test tests/FineTune.Simulation.Tests --filter LossTests -- xUnit.Explicit=on</c>.
/// </summary>
public sealed class LossTests
{
    /// <summary>A run without trouble is over by then.</summary>
    private const int Steps = 120;

    /// <summary>A run whose ledger was lost on the way has its job by then.</summary>
    private const int StepsToTheJob = 65;

    private static readonly Dictionary<string, Func<int, Disturbance[]>> Losses = new()
    {
        ["the journal"] = step => [At(step, DisturbanceKind.LoseJournal)],
        ["the ledger"] = step => [At(step, DisturbanceKind.LoseLedger)],
        ["both"] = step => [At(step, DisturbanceKind.LoseStorage)],
        ["the ledger, and once it is written again, both"] = step =>
        [
            At(step, DisturbanceKind.LoseLedger), At(step + 1, DisturbanceKind.DropAgain), At(Math.Max(step + 2, StepsToTheJob), DisturbanceKind.LoseStorage),
        ],
    };

    public static TheoryData<string> What => [.. Losses.Keys];

    [Theory(Explicit = true), MemberData(nameof(What))]
    public async Task Product_KeepsItsPromises_WheneverThisIsLost(string what)
    {
        ConcurrentBag<string> broken = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Steps), TestContext.Current.CancellationToken, async (step, _) =>
        {
            Judgement judgement = await Simulation.PlayAsync(PlanDrawing.Plain() with { Disturbances = Losses[what](step) }, Sabotage.None);
            broken.Add(string.Concat(judgement.Violations.Select(violation => $"\n{violation} (lost at step {step})")));
        });

        Assert.Equal("", string.Concat(broken));
    }

    private static Disturbance At(int step, DisturbanceKind kind) => new(step, kind, Which: 0);
}
