using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Deployment;

/// <summary>Every parameter of the deployment can be set through azd, and is explained.</summary>
public sealed partial class ParameterTests
{
    public static TheoryData<string> Names => [.. Parameter().Matches(DeploymentFiles.Bicep["main.bicep"]).Select(match => match.Groups["name"].Value)];

    [Theory, MemberData(nameof(Names))]
    public void Parameter_IsInTheGuideAndInTheParametersFile(string name)
    {
        string value = DeploymentFiles.ReadJson("infra", "main.parameters.json").GetProperty("parameters").GetProperty(name).GetProperty("value").ToString();
        string variable = Variable().Match(value).Groups["name"].Value;

        Assert.Matches($@"(?m)^\| `{name}` \| {(variable.Length > 0 ? $"`{variable}`" : "")} ?\| \S.* \| \S.+ \|$", DeploymentFiles.Guide);
    }

    [Fact]
    public void ParametersFile_HasNoOthers()
        => Assert.Equal(
            Parameter().Matches(DeploymentFiles.Bicep["main.bicep"]).Select(match => match.Groups["name"].Value).Order(),
            DeploymentFiles.ReadJson("infra", "main.parameters.json").GetProperty("parameters").EnumerateObject().Select(one => one.Name).Order());

    [Fact]
    public void Parameters_AreDescribed()
        => Assert.All(
            Parameter().Matches(DeploymentFiles.Bicep["main.bicep"]).Select(match => match.Value),
            declaration => Assert.Contains("@description(", declaration, StringComparison.Ordinal));

    [Fact]
    public void Durable_HasAnInstanceThatIsAlwaysReady()
        => Assert.Contains("alwaysReady: [{ name: 'durable', instanceCount: 1 }]", DeploymentFiles.Bicep["app.bicep"], StringComparison.Ordinal);

    [GeneratedRegex(@"(^[@}) ].*\n)*^param (?<name>\w+) .+$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\$\{(?<name>\w+)")]
    private static partial Regex Variable();
}
