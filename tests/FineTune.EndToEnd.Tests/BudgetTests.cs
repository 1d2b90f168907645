using System.Globalization;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>A month's budget holds against runs that come at the same time, until a person lets one go beyond it.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task Serve_LetsOneOfTwoThrough_WhenTheMonthHasRoomForOne()
    {
        await using Scene scene = await Scene.OpenAsync();
        decimal price = await PriceOfOneAsync(scene);
        scene.Settings["FineTune__MonthBudget"] = (price * 1.5m).ToString(CultureInfo.InvariantCulture);
        scene.Drop("lamps-1.jsonl", ChatDataset.On("lamp of series 1"));
        scene.Drop("lamps-2.jsonl", ChatDataset.On("lamp of series 2"));
        using Server server = await Server.StartAsync(scene);
        RunView[] runs = [];
        await Eventually.TrueAsync(
            async () => (runs = [.. (await server.GetAsync("api/runs", FineTuneJson.Default.RunViewArray)).Take(2)]) is
                [{ Status: RunStatus.Succeeded }, { AwaitsApproval: true }] or [{ AwaitsApproval: true }, { Status: RunStatus.Succeeded }],
            "one run has its model, the other one waits for approval");
        RunView waiting = runs.Single(run => run.AwaitsApproval);
        Assert.Contains("beyond the month's budget of $", waiting.ApprovalRequest!.Reason, StringComparison.Ordinal);

        (await scene.FineTuneAsync("approve", waiting.RunId, "--key", waiting.Key!)).ExitsWith(0);

        RunView approved = await server.EndOfAsync(waiting.RunId);
        Assert.Equal((RunStatus.Succeeded, waiting.Key), (approved.Status, approved.Approval!.Key));
        await Eventually.TrueAsync(
            async () => await BudgetAsync(scene) is { Committed: var committed, Budget: { } budget } && committed > budget && committed <= price * 2,
            "what was billed for both stands in the month's books");
    }

    [Fact]
    public async Task Run_IsBoundToTheEpochsOfItsPrice_WhenABudgetApplies()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__MonthBudget"] = "1";

        RunView run = (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json")).ExitsWith(0).Run;

        var job = Assert.Single(await scene.Emulator.JobsAsync());
        int epochs = job.GetProperty("method").GetProperty("supervised").GetProperty("hyperparameters").GetProperty("n_epochs").GetInt32();
        Assert.True(epochs * run.Tokens * 5 / 1_000_000m <= run.PriceHigh, $"{epochs} epochs cost more than {run.PriceHigh}");
    }

    private static async Task<decimal> PriceOfOneAsync(Scene scene)
        => (await scene.FineTuneAsync("run", scene.Write("lamps-0.jsonl", ChatDataset.On("lamp of series 0")), "--json")).ExitsWith(0).Run.PriceHigh!.Value;

    private static async Task<BudgetView> BudgetAsync(Scene scene)
        => (await scene.FineTuneAsync("budget", "--json")).ExitsWith(0).Read(FineTuneJson.Default.BudgetView);
}
