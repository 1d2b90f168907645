using System.Diagnostics;
using System.Globalization;
using FineTune.Emulator.Ledger;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;

namespace FineTune.EndToEnd.Tests;

/// <summary>Many datasets at once in one <c>finetune serve</c>: each gets its model, none gets two jobs.</summary>
public sealed class LoadTests
{
    [Fact]
    public Task Serve_BringsEveryRunToItsModel_WhenFiftyAreDroppedAtOnce() => DropAsync(50);

    /// <summary>For the figures: <c>FT_LOAD=1000 dotnet test tests/FineTune.EndToEnd.Tests --filter Thousands -- xUnit.Explicit=on</c>; 10,000 unless told otherwise.</summary>
    [Fact(Explicit = true)]
    public Task Serve_BringsEveryRunToItsModel_WhenThousandsAreDroppedAtOnce()
        => DropAsync(int.Parse(Environment.GetEnvironmentVariable("FT_LOAD") ?? "10000", CultureInfo.InvariantCulture));

    private static async Task DropAsync(int count)
    {
        await using Scene scene = await Scene.OpenAsync();
        for (int i = 1; i <= count; i++)
        {
            scene.Drop(string.Create(CultureInfo.InvariantCulture, $"lamps-{i:0000}.jsonl"), ChatDataset.On($"lamp of series {i}"));
        }

        long began = Stopwatch.GetTimestamp();
        using Server server = await Server.StartAsync(scene);
        RunView[] runs = [];
        await Eventually.TrueAsync(
            async () =>
            {
                runs = await server.GetAsync($"api/runs?limit={count + 1}", FineTuneJson.Default.RunViewArray);
                return runs.Length == count && runs.All(run => run.Status is not RunStatus.Running) && scene.Emulator.ReadLedger().StoredFiles.Count == 0;
            },
            $"all {count} runs are over and cleaned up",
            every: count > 100 ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(500),
            within: TimeSpan.FromMinutes(count > 100 ? 30 : 3));
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        LedgerReport ledger = scene.Emulator.ReadLedger();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} runs: {took.TotalSeconds:0.0} s, the server's {server.Program.Usage}\n"
            + string.Join('\n', ledger.Requests.Select(route => $"{route.Value,8} {route.Key}")));

        Figures.Write(
            "3-load",
            ($"{count:N0} datasets dropped at once into `finetune serve`, until all have their models and no file is left", $"{took.TotalSeconds:0} s"),
            ("the server's processor time and memory for them", server.Program.Usage));

        Assert.All(runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        Assert.Equal(count, ledger.Jobs.Count);
        Assert.All(ledger.Jobs, job => Assert.Equal(1, job.Value));
        Assert.All(ledger.UploadsBySha256, upload => Assert.InRange(upload.Value, 1, 2));
        Assert.Equal(count, runs.Select(run => run.ModelId).Distinct().Count());
    }
}
