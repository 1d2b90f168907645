using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FineTune.EndToEnd.Tests;

/// <summary>What docs/preparing.md says of convert, fix, split and dedupe, done with the real program.</summary>
public sealed partial class PreparingTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "finetune.dll");

    public static TheoryData<string> TestedBlocks => [.. TestedBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "preparing.md")))
        .Select(block => block.Groups["commands"].Value.Trim())];

    [Theory, MemberData(nameof(TestedBlocks))]
    public async Task Commands_EndWell_WhenTypedAsThePageSays(string block)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The blocks are written for bash.");
        using TemporaryFolder folder = new();
        Directory.CreateSymbolicLink(folder["samples"], Repository.Samples);

        (await BashAsync(folder, block)).ExitsWith(0);
    }

    [Theory]
    [InlineData("02-array.jsonl", 0)]
    [InlineData("03-pretty-printed.jsonl", 0)]
    [InlineData("09-half-emoji.jsonl", 3)]
    [InlineData("10-windows-1252.jsonl", 3)]
    [InlineData("12-python-dictionary.jsonl", 3)]
    public async Task Fix_MendsWhatIsSafe_AndTheDatasetIsTrainableThen(string sample, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for bash.");
        using TemporaryFolder folder = new();

        ProgramResult said = await BashAsync(folder, $"finetune fix '{Repository.Sample("bad", sample)}' --output out.jsonl || true; finetune validate out.jsonl");

        said.ExitsWith(expected);
    }

    [Fact]
    public async Task Split_GivesTheTrainingFileTheSettingsOfTheWhole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for bash.");
        using TemporaryFolder folder = new();
        File.Copy(Repository.Sample("support-bot.jsonl"), folder["bot.jsonl"]);
        await File.WriteAllTextAsync(folder["bot.finetune.json"], """{"epochs": 4}""", TestContext.Current.CancellationToken);

        ProgramResult said = (await BashAsync(folder, "finetune split bot.jsonl; finetune validate bot.train.jsonl")).ExitsWith(0);

        Assert.Contains("bot.train.finetune.json", said.Output, StringComparison.Ordinal);
        Assert.Contains("4 epochs", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fix")]
    [InlineData("split")]
    [InlineData("dedupe")]
    [InlineData("convert")]
    public async Task Help_HasExamples_ForEveryCommand(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for bash.");
        using TemporaryFolder folder = new();

        ProgramResult said = (await BashAsync(folder, $"finetune {command} --help")).ExitsWith(0);

        Assert.Contains($"finetune {command} ", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fix data.jsonl --output taken.jsonl", 2, "no file is ever written over")]
    [InlineData("dedupe data.jsonl --output taken.jsonl", 2, "no file is ever written over")]
    [InlineData("convert data.jsonl --to completion --output taken.jsonl", 2, "no file is ever written over")]
    [InlineData("split data.jsonl --output taken", 2, "no file is ever written over")]
    [InlineData("fix absent.jsonl", 2, "There is no file")]
    [InlineData("convert data.xyz", 2, "--from")]
    [InlineData("split data.jsonl --validation 1.5", 2, "a whole number")]
    [InlineData("dedupe data.jsonl --near 0.1", 2, "0.5 to 1")]
    [InlineData("convert empty.csv", 3, "Nothing was written")]
    [InlineData("split broken.jsonl", 3, "Line 1 is no example")]
    [InlineData("convert broken.jsonl", 3, "Line 1 is no example")]
    [InlineData("fix folder", 2, "is a folder; expected a file")]
    [InlineData("fix data.jsonl --output folder", 2, "There is a folder 'folder' already")]
    [InlineData("fix data.jsonl --output nowhere/new.jsonl", 2, "There is no folder")]
    [InlineData("fix blank.jsonl", 3, "'blank.jsonl' holds no example")]
    [InlineData("dedupe blank.jsonl", 3, "'blank.jsonl' holds no example")]
    [InlineData("split blank.jsonl", 3, "holds no example")]
    [InlineData("convert blank.jsonl", 3, "'blank.jsonl' holds no row")]
    [InlineData("dedupe packed.jsonl", 3, "compressed with gzip")]
    [InlineData("split packed.jsonl", 3, "compressed with gzip")]
    [InlineData("split data.jsonl --group-by customer", 3, "No example has the field 'customer'")]
    [InlineData("split data.jsonl --stratify label", 3, "No example has the field 'label'")]
    [InlineData("convert data.jsonl --to completion --stop ''", 2, "--stop is empty")]
    [InlineData("validate folder", 2, "is a folder; expected a file")]
    [InlineData("validate data.jsonl --html folder", 2, "The page cannot be written to")]
    [InlineData("validate data.jsonl --show-lines", 2, "--html FILE")]
    [InlineData("validate data.jsonl --grader broken.jsonl", 2, "(--grader) is not JSON")]
    [InlineData("validate data.jsonl --epochs 99999999999", 2, "--epochs is '99999999999'; expected a whole number")]
    [InlineData("validate data.jsonl --as judge", 2, "--as is 'judge'; expected training or validation.")]
    [InlineData("rules nope", 2, "No rule's code is, or begins with, 'nope'")]
    public async Task Command_SaysWhyAndLeavesNothingBehind_WhenItCannotBeDone(string arguments, int expected, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for bash.");
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder["data.jsonl"], """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["broken.jsonl"], "{\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["empty.csv"], "prompt,completion\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["blank.jsonl"], " \n\n", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["packed.jsonl"], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["folder"]);
        await File.WriteAllTextAsync(folder["taken.jsonl"], "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["taken.train.jsonl"], "mine", TestContext.Current.CancellationToken);

        ProgramResult said = (await BashAsync(folder, "finetune " + arguments)).ExitsWith(expected);

        Assert.Contains(words, said.Output + said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        Assert.Equal(7, Directory.GetFiles(folder.Root).Length);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["taken.jsonl"], TestContext.Current.CancellationToken));
    }

    private static async Task<ProgramResult> BashAsync(TemporaryFolder folder, string commands)
    {
        ProcessStartInfo start = new("bash", ["-euo", "pipefail", "-c", $"finetune() {{ dotnet '{Program}' \"$@\"; }}\n{commands}"]) { WorkingDirectory = folder.Root };
        Scene.RemoveForeignSettings(start);
        using RunningProgram program = new(start);
        return await program.EndAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"<!-- tested -->\s*```bash\s*\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex TestedBlock();
}
