using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Architecture;

/// <summary>Which room of the core uses which, as docs/architecture.md has it: a new line between two of them is a decision, not an accident.</summary>
public sealed partial class RoomTests
{
    private static readonly string Core = Path.Combine(Repository.Root, "src", "FineTune.Core");

    [Theory]
    [InlineData("Tokens")]
    [InlineData("Catalogue")]
    [InlineData("Datasets", "Catalogue", "Tokens")]
    [InlineData("Workflows", "Activities", "Ports")] // the activities' names
    [InlineData("Ports", "Datasets", "Workflows")] // a grader, and a workflow's progress
    [InlineData("Provider", "Hosting", "Ports")]
    [InlineData("Spending", "Hosting", "Ports")]
    [InlineData("Webhooks", "Hosting", "Ports")]
    [InlineData("Activities", "Catalogue", "Datasets", "Hosting", "Ports", "Spending", "Webhooks", "Workflows")]
    [InlineData("Operations", "Activities", "Catalogue", "Datasets", "Hosting", "Ports", "Provider", "Spending", "Webhooks", "Workflows")]
    [InlineData("Sweeping", "Activities", "Hosting", "Operations", "Ports", "Spending", "Workflows")]
    public void Room_UsesNoOthers(string room, params string[] others)
    {
        string[] used =
        [
            .. Directory.EnumerateFiles(Path.Combine(Core, room), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => RoomUsed().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["room"].Value).Where(name => name != room).Distinct().Order(),
        ];

        Assert.Equal(others, used);
    }

    [GeneratedRegex(@"^using FineTune\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex RoomUsed();
}
