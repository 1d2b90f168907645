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

    /// <summary>For the figures: <c>dotnet test tests/FineTune.EndToEnd.Tests -- xUnit.Explicit=only</c> prints them.</summary>
    [Fact(Explicit = true)]
    public Task Serve_BringsEveryRunToItsModel_WhenAThousandAreDroppedAtOnce() => DropAsync(1_000);

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
            every: TimeSpan.FromMilliseconds(500));
        LedgerReport ledger = scene.Emulator.ReadLedger();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} runs: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, the server's {server.Program.Usage}\n"
            + string.Join('\n', ledger.Requests.Select(route => $"{route.Value,8} {route.Key}")));

        Assert.All(runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        Assert.Equal(count, ledger.Jobs.Count);
        Assert.All(ledger.Jobs, job => Assert.Equal(1, job.Value));
        Assert.All(ledger.UploadsBySha256, upload => Assert.InRange(upload.Value, 1, 2));
        Assert.Equal(count, runs.Select(run => run.ModelId).Distinct().Count());
    }
}
