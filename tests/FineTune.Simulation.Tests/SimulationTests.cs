using System.Globalization;
using FineTune.Simulation.Tests.Oracle;

namespace FineTune.Simulation.Tests;

/// <summary>Thousands of plans, each from one seed: whatever breaks and whenever, the product keeps its promises.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;

    [Fact]
    public async Task Product_KeepsItsPromises_WhateverBreaks()
    {
        Summary summary = await Campaign.RunAsync(FirstSeed, Number("FT_SEEDS") ?? Seeds, TestContext.Current.CancellationToken);

        output.WriteLine(summary.ToString());
        Figures.Write("1-simulation", summary.Figures());
        Assert.True(summary.Failures.Count == 0, summary.ToString());
        Assert.True(summary.Judgements.Count < Seeds || summary.NeverHappened.Count == 0, $"It never came to: {string.Join(", ", summary.NeverHappened)}");
    }

    /// <summary>To see one seed again: <c>FT_SEED=123 dotnet test tests/FineTune.Simulation.Tests --filter OneSeed</c>.</summary>
    [Fact]
    public async Task OneSeed_KeepsItsPromises_WhenPlayedAlone()
    {
        Judgement judgement = await Simulation.PlayAsync(Number("FT_SEED") ?? 1);

        if (Number("FT_SEED") is not null)
        {
            output.WriteLine(string.Join('\n', judgement.Chronicle.Lines));
        }

        Assert.True(judgement.Violations.Count == 0, judgement.ToString());
    }

    private static int FirstSeed => Number("FT_FIRST_SEED") ?? 1;

    private static int? Number(string variable)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
