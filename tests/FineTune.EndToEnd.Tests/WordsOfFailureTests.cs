namespace FineTune.EndToEnd.Tests;

/// <summary>What went wrong outside the program is said in a sentence and with a documented exit code, never with a stack trace.</summary>
public sealed class WordsOfFailureTests
{
    [Theory]
    [InlineData("run", "nowhere.jsonl")]
    [InlineData("validate", "nowhere.jsonl")]
    [InlineData("run")]
    [InlineData("sing")]
    [InlineData("run", "lamps.jsonl", "--epochs", "many")]
    [InlineData("status")]
    [InlineData("cancel", "ft-nobody")]
    [InlineData("ask", "nobody", "Hello?")]
    public async Task Command_IsWrongUsage_WhenItCannotMeanAnything(params string[] command)
    {
        await using Scene scene = await Scene.OpenAsync();

        Says("", (await scene.FineTuneAsync(command)).ExitsWith(2));
    }

    [Theory]
    [InlineData("FineTune__Provider__QuietPeriod", "00:00:01", "FineTune:Provider:QuietPeriod")]
    [InlineData("FineTune__Provider__CallTimeout", "soon", "FineTune:Provider:CallTimeout")]
    [InlineData("FineTune__Provider__Endpoint", "http://provider.example/v1/", "FineTune:Provider:Endpoint")]
    [InlineData("FineTune__PollEvery", "-1", "PollEvery")]
    public async Task Run_NamesTheSetting_WhenItIsWrong(string setting, string value, string named)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings[setting] = value;

        Says(named, (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")))).ExitsWith(2));

        Assert.Empty(scene.Emulator.ReadLedger().Log);
    }

    [Theory]
    [InlineData("settings.json", 2)]
    [InlineData("ledger.db", 1)]
    [InlineData("engine/journal.db", 1)]
    public async Task Run_NamesTheFile_WhenItIsDamaged(string file, int exitCode)
    {
        await using Scene scene = await Scene.OpenAsync();
        string path = Path.Combine(scene.DataFolder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "This is neither JSON nor a database.", TestContext.Current.CancellationToken);

        Says(path, (await scene.FineTuneAsync("run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")))).ExitsWith(exitCode));

        Assert.Empty(scene.Emulator.ReadLedger().Log);
    }

    [Fact]
    public async Task Serve_NamesTheAddress_WhenItsPortIsTaken()
    {
        await using Scene scene = await Scene.OpenAsync();

        Says("address already in use", (await scene.FineTuneAsync("serve", "--port", $"{scene.Emulator.BaseAddress.Port}")).ExitsWith(1));
    }

    [Fact]
    public async Task Ask_SaysThatTheProviderDidNotAnswer_WhenItCannotBeReached()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Settings["FineTune__Provider__Endpoint"] = "http://127.0.0.1:9/v1/";

        Says("The provider did not answer", (await scene.FineTuneAsync("ask", "lamp-bot", "Hello?")).ExitsWith(1));
    }

    private static void Says(string words, ProgramResult result)
    {
        Assert.NotEqual("", result.Error);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
