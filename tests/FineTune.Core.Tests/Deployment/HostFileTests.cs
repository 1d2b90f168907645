using System.Text.Json;

namespace FineTune.Core.Tests.Deployment;

/// <summary>JSON has no comments: what every line of <c>host.json</c> is for stands in the guide.</summary>
public sealed class HostFileTests
{
    private static readonly JsonElement Host = DeploymentFiles.ReadJson("host.json");

    public static TheoryData<string, string> Lines
    {
        get
        {
            TheoryData<string, string> lines = [];
            foreach ((string path, string value) in LinesOf(Host, ""))
            {
                lines.Add(path, value);
            }

            return lines;
        }
    }

    [Theory, MemberData(nameof(Lines))]
    public void Guide_ExplainsEveryLine(string path, string value)
        => Assert.Matches($@"(?m)^\| `{path.Replace(".", "\\.", StringComparison.Ordinal)}` \| `{value}` \| \S.+ \|$", DeploymentFiles.Guide);

    [Fact]
    public void Polling_IsAsOftenAsFlexConsumptionWants()
        => Assert.InRange(
            Durable("storageProvider", "maxQueuePollingInterval").Deserialize<TimeSpan>(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    [Fact]
    public void Runs_AreVersionedFromTheFirstRelease()
    {
        Assert.False(string.IsNullOrEmpty(Durable("defaultVersion").GetString()));
        Assert.Equal("CurrentOrOlder", Durable("versionMatchStrategy").GetString());
        Assert.Equal("Reject", Durable("versionFailureStrategy").GetString());
    }

    [Fact]
    public void Contents_AreNeitherTracedNorCopied()
    {
        Assert.False(Durable("tracing", "traceInputsAndOutputs").GetBoolean());
        Assert.False(Durable("storeInputsInOrchestrationHistory").GetBoolean());
    }

    [Fact]
    public void Blobs_AreStartedFewAtATime()
        => Assert.InRange(Host.GetProperty("extensions").GetProperty("blobs").GetProperty("maxDegreeOfParallelism").GetInt32(), 1, 2);

    private static JsonElement Durable(params string[] path)
        => path.Aggregate(Host.GetProperty("extensions").GetProperty("durableTask"), (element, name) => element.GetProperty(name));

    private static IEnumerable<(string Path, string Value)> LinesOf(JsonElement element, string prefix)
        => element.EnumerateObject().SelectMany(property => property.Value.ValueKind is JsonValueKind.Object
            ? LinesOf(property.Value, $"{prefix}{property.Name}.")
            : [($"{prefix}{property.Name}", property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText())]);
}
