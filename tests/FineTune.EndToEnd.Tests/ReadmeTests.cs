using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FineTune.EndToEnd.Tests;

/// <summary>The README's commands do what it says: every bash block behind a <c>tested</c> marker is run as it stands.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> TestedBlocks => [.. ReadBlocks()];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestedBlocks))]
    public async Task Command_RunsAndEndsWithAModel_WhenTypedAsTheReadmeSays(string block)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The blocks are written for bash.");
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("bash", ["-euo", "pipefail", "-c", block.Replace("./finetune ", $"./finetune --data '{folder["data"]}' ", StringComparison.Ordinal)])
        {
            WorkingDirectory = Repository.Root,
        };
        Scene.RemoveForeignSettings(start);

        using RunningProgram program = new(start);
        ProgramResult result = (await program.EndAsync(TestContext.Current.CancellationToken)).ExitsWith(0);

        Assert.Contains("using the built-in emulator", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"model +ft:\S+", result.Output);
        Assert.Contains("report ", result.Output, StringComparison.Ordinal);
        Assert.Contains("ask it ", result.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> ReadBlocks()
    {
        string readme = Path.Combine(Repository.Root, "README.md");
        return File.Exists(readme) ? TestedBlock().Matches(File.ReadAllText(readme)).Select(block => block.Groups["commands"].Value.Trim()) : [];
    }

    [GeneratedRegex(@"<!-- tested -->\s*```bash\s*\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex TestedBlock();
}
