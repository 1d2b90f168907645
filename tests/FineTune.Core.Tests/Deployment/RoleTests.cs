using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Deployment;

/// <summary>Who may do what is written down here once more, so that another role cannot slip in.</summary>
public sealed partial class RoleTests
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["storageQueueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["cognitiveServicesOpenAiContributor"] = "a001fd3d-188f-4b5d-821b-7da978bf7442",
        ["storageBlobDataContributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    };

    [Fact]
    public void Roles_AreExactlyTheAllowedOnes_EachUnderItsName()
    {
        IEnumerable<(string, string)> named = DeploymentFiles.Bicep.Values
            .SelectMany(text => NamedId().Matches(text)).Select(match => (match.Groups["name"].Value, match.Groups["id"].Value));

        Assert.Equal(Allowed.Select(role => (role.Key, role.Value)).Order(), named.Order());
    }

    [Fact]
    public void Ids_AreNowhereButUnderTheirNames()
        => Assert.Equal(Allowed.Count, DeploymentFiles.Bicep.Values.Sum(text => AnyId().Count(text)));

    [Fact]
    public void Assignments_AreOnOneResourceEach()
    {
        string[] assignments = [.. DeploymentFiles.ResourcesOf("Microsoft.Authorization/roleAssignments")];

        Assert.Equal(6, assignments.Length);
        Assert.All(assignments, one => Assert.Matches(@"\n  scope: (hostStorage|datasetStorage|applicationInsights|vault|account|deadLetters)\n", one));
    }

    [Fact]
    public void Guide_NamesEveryRole()
        => Assert.All(Allowed.Keys, name => Assert.Contains(Words(name), DeploymentFiles.Guide, StringComparison.OrdinalIgnoreCase));

    private static string Words(string name) => Capital().Replace(name.Replace("OpenAi", "Openai", StringComparison.Ordinal), " $0");

    [GeneratedRegex("var (?<name>\\w+) = '(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})'")]
    private static partial Regex NamedId();

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex AnyId();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
