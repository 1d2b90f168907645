using FineTune.Local.Cli;

namespace FineTune.EndToEnd.Tests;

/// <summary>What a person who types commands may expect of every one of them.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_ListsEachCommandInALine_AndTellsTheRestInItsOwn()
    {
        await using Scene scene = await Scene.OpenAsync();

        string all = (await scene.FineTuneAsync("--help")).ExitsWith(0).Output;
        string ofOne = (await scene.FineTuneAsync("fix", "--help")).ExitsWith(0).Output;

        string[] commands = all[all.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(commands.Where(line => !string.IsNullOrWhiteSpace(line)), line => Assert.Matches(@"^  [a-z]+ .*\.\s*$", line));
        Assert.DoesNotContain("Examples:", all, StringComparison.Ordinal);
        Assert.Contains("Examples:", ofOne, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--learning-rate-multiplier", "1,5")]
    [InlineData("run", "--beta", "NaN")]
    [InlineData("run", "--compute-multiplier", "1e999")]
    [InlineData("dedupe", "--near", "0,9")]
    [InlineData("validate", "--problems", "-1")]
    public async Task Number_IsRefused_WhenItIsNotTheOneThatWouldBeRead(string command, string option, string value)
    {
        await using Scene scene = await Scene.OpenAsync();

        ProgramResult result = await scene.FineTuneAsync(command, scene.Write("lamps.jsonl", ChatDataset.On("lamp")), option, value);

        Assert.Contains($"{option} is '{value}'", result.ExitsWith(2).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.DataFolder));
    }

    [Theory]
    [InlineData("faq.csv", "convert")]
    [InlineData("lamps.validation.jsonl", "NAME.jsonl")]
    [InlineData("nowhere.jsonl", "There is no file")]
    public async Task Run_MakesNoDataFolder_WhenItsFileCannotBeADataset(string name, string words)
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("faq.csv", "question,answer\nOn?,Yes.\n");
        scene.Write("lamps.validation.jsonl", ChatDataset.On("lamp"));

        ProgramResult result = (await scene.FineTuneAsync("run", Path.Combine(Path.GetDirectoryName(file)!, name))).ExitsWith(2);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.DataFolder));
    }

    [Fact]
    public async Task Rules_AreJson_WhenAskedFor()
    {
        await using Scene scene = await Scene.OpenAsync();

        ListedRule rule = Assert.Single((await scene.FineTuneAsync("rules", "role-unknown", "--json")).ExitsWith(0).Read(CliJson.Default.ListedRuleArray));

        Assert.Equal("role-unknown", rule.Code);
    }

    [Fact]
    public async Task Ask_IsJson_WhenAskedFor()
    {
        await using Scene scene = await Scene.OpenAsync();

        Answered said = (await scene.FineTuneAsync("ask", "gpt-4.1-mini-2025-04-14", "On?", "--json")).ExitsWith(0).Read(CliJson.Default.Answered);

        Assert.Equal("gpt-4.1-mini-2025-04-14", said.Model);
        Assert.NotEqual("", said.Answer);
    }

    [Fact]
    public async Task Validate_NamesTheCommandThatHelps_AndItDoes()
    {
        await using Scene scene = await Scene.OpenAsync();
        string file = scene.Write("two words.jsonl", "[" + ChatDataset.On("lamp").TrimEnd().ReplaceLineEndings(",\n") + "]");

        string output = (await scene.FineTuneAsync("validate", file)).ExitsWith(3).Output;

        Assert.Contains($"fix {ShellWord.Of(file)}", output, StringComparison.Ordinal);
        (await scene.FineTuneAsync("fix", file)).ExitsWith(0);
        (await scene.FineTuneAsync("validate", file.Replace(".jsonl", ".fixed.jsonl", StringComparison.Ordinal))).ExitsWith(0);
    }

    [Fact]
    public async Task Status_SaysThatNobodyWorks_WhenARunWasInterrupted()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.FineTuneAsync(crashAt: "CreateJob:done", ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp"))]);

        ProgramResult now = (await scene.FineTuneAsync("status")).ExitsWith(0);
        ProgramResult asked = (await scene.FineTuneAsync("cancel")).ExitsWith(0);

        Assert.Contains("No process works on this run now.", now.Error, StringComparison.Ordinal);
        Assert.Contains("No process works on this run now.", asked.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lamps", "lamps")]
    [InlineData("lämpchen-2", "lämpchen-2")]
    [InlineData("my lamps", "'my lamps'")]
    [InlineData("Ann's", @"'Ann'\''s'")]
    [InlineData("-x", "'-x'")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("", "''")]
    public void ShellWord_IsQuoted_WhereAShellWouldReadItOtherwise(string name, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows quotes in its own way.");

        Assert.Equal(expected, ShellWord.Of(name));
    }
}
