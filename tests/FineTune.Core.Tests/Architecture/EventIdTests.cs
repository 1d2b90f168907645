using System.Globalization;
using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Architecture;

/// <summary>Alerts and people go by the ids of log entries: one that two entries have tells neither.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void EventIds_AreOneEntrysOnly()
    {
        int[] ids = [.. Sources("FineTune.Core").Concat(Sources("FineTune.Functions")).SelectMany(IdsIn)];

        Assert.NotEmpty(ids);
        Assert.Empty(ids.CountBy(id => id).Where(id => id.Value > 1).Select(id => id.Key));
    }

    private static IEnumerable<string> Sources(string project)
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static IEnumerable<int> IdsIn(string source)
        => LogEntry().Matches(source).Select(entry => int.Parse(entry.Groups["id"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+),")]
    private static partial Regex LogEntry();
}
