using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FineTune.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using FineTune.Spending;

namespace FineTune.Core.Tests.Architecture;

/// <summary>
/// These shapes stand in histories and ledgers that outlive a release. A renamed or removed member is read as missing by tomorrow's code,
/// and a run under way goes wrong. Add members that may be missing; change nothing else here without a plan for the runs that are out there.
/// </summary>
public sealed class PersistedShapeTests
{
    [Theory]
    [MemberData(nameof(PersistedShapes.All), MemberType = typeof(PersistedShapes), DisableDiscoveryEnumeration = true)]
    public void Shapes_AreWrittenAndReadAsPinned(object sample, string json)
    {
        JsonTypeInfo type = TypeOf(sample);

        Assert.Equal(json, JsonSerializer.Serialize(sample, type));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type));
    }

    [Theory]
    [MemberData(nameof(PersistedShapes.Sparse), MemberType = typeof(PersistedShapes), DisableDiscoveryEnumeration = true)]
    public void Shapes_TakeTheirDefaults_WhenOptionalMembersAreMissing(string json, object expected)
        => Assert.Equal(expected, JsonSerializer.Deserialize(json, TypeOf(expected)));

    [Theory]
    [MemberData(nameof(PersistedShapes.All), MemberType = typeof(PersistedShapes), DisableDiscoveryEnumeration = true)]
    public void Shapes_IgnoreMembersOfALaterRelease(object sample, string json)
    {
        JsonTypeInfo type = TypeOf(sample);
        string later = string.Concat("{\"aMemberFromNextYear\":{\"deep\":[1]}", json == "{}" ? "" : ",", json.AsSpan(1));
        if (sample is StartRequest)
        {
            // What a person wrote and nobody understands is a slip, and would cost.
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(later, type));
            return;
        }

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(later, type), type));
    }

    [Fact]
    public void EveryStoredShape_IsPinned()
    {
        string[] answersOnly = ["StartedRun", "RunView", "RunView[]", "RunEvent[]", "ModelView[]", "AliasView", "SweepReport", "Lineage", "Decision", "Promotion", "RollBack", "RunEnded", "BudgetView"];
        IEnumerable<string> registered = typeof(FineTuneJson).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => ((Type)attribute.ConstructorArguments[0].Value!).Name);

        IEnumerable<string> pinned = PersistedShapes.All.Select(row => row.Data.Item1.GetType().Name);

        Assert.Empty(registered.Except(answersOnly).Except(pinned));
    }

    [Fact]
    public void Words_StayWhatTheyAre()
    {
        Assert.Equal(
            "Running Succeeded Failed Cancelled Invalid Duplicate Superseded DatasetGone Rejected ProviderClosed TimedOut NeedsAttention",
            string.Join(' ', Enum.GetNames<RunStatus>()));
        Assert.Equal(
            "Inspecting AwaitingApproval Uploading WaitingForFiles CreatingJob Training Done",
            string.Join(' ', Enum.GetNames<FineTune.Workflows.FineTuneStep>()));
    }

    private static JsonTypeInfo TypeOf(object sample)
        => FineTuneJson.Default.GetTypeInfo(sample.GetType()) ?? RowJson.Default.GetTypeInfo(sample.GetType()) ?? SharedRowJson.Default.GetTypeInfo(sample.GetType())!;
}
