using FineTune.Simulation.Tests.Oracle;

namespace FineTune.Simulation.Tests;

/// <summary>A seed that fails is worth something only if it fails again: the same seed gives the same story, step by step.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task Seed_TellsTheSameStory_WheneverItIsPlayed()
    {
        int[] seeds = [.. Enumerable.Range(7_000, 24)];

        Judgement[] once = await Task.WhenAll(seeds.Select(Simulation.PlayAsync));

        foreach (Judgement first in once)
        {
            Judgement second = await Simulation.PlayAsync(first.Plan.Seed);
            Assert.Equal(first.Chronicle.Lines, second.Chronicle.Lines);
        }
    }
}
