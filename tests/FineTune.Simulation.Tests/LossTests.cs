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

    [Theory(Explicit = true)]
    [InlineData(nameof(DisturbanceKind.LoseJournal))]
    [InlineData(nameof(DisturbanceKind.LoseLedger))]
    [InlineData(nameof(DisturbanceKind.LoseStorage))]
    public async Task Product_KeepsItsPromises_WheneverThisIsLost(string what)
    {
        ConcurrentBag<string> broken = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Steps), TestContext.Current.CancellationToken, async (step, _) =>
        {
            Plan plan = PlanDrawing.Plain() with { Disturbances = [new Disturbance(step, Enum.Parse<DisturbanceKind>(what), Which: 0)] };
            Judgement judgement = await Simulation.PlayAsync(plan, Sabotage.None);
            broken.Add(string.Concat(judgement.Violations.Select(violation => $"\n{violation} (lost at step {step})")));
        });

        Assert.Equal("", string.Concat(broken));
    }
}
