using System.Text.RegularExpressions;
using FineTune.Activities;
using FineTune.Ports;

namespace FineTune.Core.Tests.Deployment;

/// <summary>An alert that looks for words nobody logs never fires, and one without a runbook helps nobody.</summary>
public sealed partial class AlertTests
{
    private const string LogMessage = @"LoggerMessage\(\d+, LogLevel\.(Information|Warning|Error), ""(Run \{RunId\}|Instance \{InstanceId\}):? ?[^""]*";

    private static readonly string Alerts = DeploymentFiles.Bicep["alerts.bicep"];

    [Fact]
    public void Alerts_CoverWhatNeedsAPerson()
        => Assert.Equal(["awaits-approval", "dead-letter", "dropped-event", "needs-attention", "no-news", "poison-queue", "silent", "stalled"], Names().Order());

    [Fact]
    public void Guide_SaysWhatToDoAboutEachAlert()
        => Assert.All(Names(), name => Assert.Matches($@"(?m)^\*\*.*(A|a)lert `{name}`\.\*\*", DeploymentFiles.Guide));

    [Theory]
    [InlineData("created job")]
    [InlineData("adopted job")]
    [InlineData("ended: ")]
    [InlineData("cancelled the surplus job")]
    [InlineData("is closed by the sweep")]
    [InlineData("waits for approval of")]
    [InlineData("is parked, for today's code")]
    public void Words_AreThoseOfALogMessage(string words)
    {
        Assert.Contains($"\"{words}", Alerts, StringComparison.Ordinal);
        AssertLogged(words);
    }

    [Theory]
    [InlineData(RunAlarm.Stalled)]
    [InlineData(RunAlarm.Unreachable)]
    public void NoNews_HearsOfEveryAlarm(string code)
    {
        Assert.Contains($"\" is {code}: \"", Alerts, StringComparison.Ordinal);
        AssertLogged(" is {Code}: ");
    }

    [Fact]
    public void Statuses_AreThoseOfRuns()
    {
        string[] statuses = [.. Ended().Matches(Alerts).Select(match => match.Groups["status"].Value)];

        Assert.Equal([nameof(RunStatus.NeedsAttention), nameof(RunStatus.ProviderClosed)], statuses);
    }

    [Fact]
    public void Stalled_LooksAtTheActivityThatLooksAtTheJob()
        => Assert.Contains($"Name has \"{nameof(ReadJob)}\"", Alerts, StringComparison.Ordinal);

    private static void AssertLogged(string words) => Assert.Contains(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories),
        file => Regex.IsMatch(File.ReadAllText(file), LogMessage + Regex.Escape(words)));

    private static IEnumerable<string> Names() => Name().Matches(Alerts).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"name: '(?<name>[a-z]+(-[a-z]+)?)'(, metric|\s+severity): ")]
    private static partial Regex Name();

    [GeneratedRegex(@"""ended: (?<status>\w+)""")]
    private static partial Regex Ended();
}
