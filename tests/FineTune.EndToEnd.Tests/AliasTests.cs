using FineTune.Hosting;
using FineTune.Operations;

namespace FineTune.EndToEnd.Tests;

/// <summary>Which model an alias means, told and changed by commands.</summary>
public sealed class AliasTests
{
    [Fact]
    public async Task Rollback_OutlivesTheNextRun_UntilAPersonLetsGo()
    {
        await using Scene scene = await Scene.OpenAsync();
        RunView first = await TrainAsync(scene, "one");
        RunView second = await TrainAsync(scene, "two");

        AliasView back = Read((await scene.FineTuneAsync("rollback", "lamps", "--json")).ExitsWith(0));
        ProgramResult third = (await scene.FineTuneAsync(Command(scene, "three"))).ExitsWith(0);
        AliasView held = Read((await scene.FineTuneAsync("models", "lamps", "--json")).ExitsWith(0));
        AliasView released = Read((await scene.FineTuneAsync("promote", "lamps", "--json")).ExitsWith(0));

        Assert.Equal((first.ModelId, first.ModelId, true), (back.ModelId, held.ModelId, held.Held));
        Assert.Contains($"lamps stays at {first.ModelId}", third.Output, StringComparison.Ordinal);
        Assert.False(released.Held);
        Assert.DoesNotContain(released.ModelId, new[] { first.ModelId, second.ModelId });
        Assert.Contains("ask lamps", (await scene.FineTuneAsync(Command(scene, "four"))).ExitsWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TakesTheAliasBesideTheDataset_BeforeTheFilesName()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Write("lamps.finetune.json", """{"alias": "support-bot"}""");

        RunView run = await TrainAsync(scene, "one");

        Assert.Equal("support-bot", run.Alias);
    }

    [Fact]
    public async Task Models_WarnOfTheShutdown_ThatTheProviderAnnounces()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__WarnBeforeShutdown"] = "1000";
        await TrainAsync(scene, "one");

        ProgramResult models = (await scene.FineTuneAsync("models")).ExitsWith(0);

        Assert.Contains("until 2027-01-14", models.Output, StringComparison.Ordinal);
        Assert.Contains("Warning: lamps: gpt-4.1-mini-2025-04-14 ", models.Error, StringComparison.Ordinal);
    }

    private static string[] Command(Scene scene, string generation)
        => ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--generation", generation];

    private static async Task<RunView> TrainAsync(Scene scene, string generation)
        => (await scene.FineTuneAsync([.. Command(scene, generation), "--json"])).ExitsWith(0).Run;

    private static AliasView Read(ProgramResult result) => result.Read(FineTuneJson.Default.AliasView);
}
