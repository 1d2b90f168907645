using System.Text.RegularExpressions;
using FineTune.Hosting;

namespace FineTune.Core.Tests.Deployment;

/// <summary>A setting with a wrong name is ignored in silence, so every name is looked up where it is read.</summary>
public sealed partial class AppSettingTests
{
    private static readonly string[] OfTheHost =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "DatasetStorage__blobServiceUri", "DatasetStorage__queueServiceUri", "DatasetStorage__tableServiceUri",
        "DatasetStorage__credential", "DatasetStorage__clientId",
        "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureWebJobs.StartFromPolling.Disabled",
    ];

    [Fact]
    public void AppSettings_AreAllOfTheHost_WhenTheyAreNotTheProducts()
    {
        string block = HostSettings().Match(DeploymentFiles.Bicep["app.bicep"]).Value;

        Assert.Equal(OfTheHost.Order(), SettingName().Matches(block).Select(match => match.Groups["name"].Value).Order());
    }

    [Fact]
    public void ProductSettings_AreBoundByTheOptions()
    {
        string[] names = [.. ProductSetting().Matches(DeploymentFiles.Bicep["main.bicep"]).Select(match => match.Value).Distinct()];

        Assert.Contains("FineTune__Provider__ApiKey", names);
        Assert.All(names, name => Assert.True(ProductSettings.IsBound(name), $"{name} is no setting of the product."));
    }

    [Fact]
    public void Provider_IsAuthenticatedInAWayTheProductKnows()
    {
        Match said = Regex.Match(DeploymentFiles.Bicep["main.bicep"], "FineTune__Provider__Authentication: '(?<way>\\w+)'");

        Assert.True(Enum.TryParse(said.Groups["way"].Value, out ProviderAuthentication _), said.Value);
    }

    [Fact]
    public void Guide_ExplainsEverySetting()
        => Assert.All(OfTheHost, name => Assert.Contains(
            name.StartsWith("AzureWebJobsStorage__", StringComparison.Ordinal) || name.StartsWith("DatasetStorage__", StringComparison.Ordinal)
                ? name[name.IndexOf("__", StringComparison.Ordinal)..] + "`"
                : $"`{name}`",
            DeploymentFiles.Guide,
            StringComparison.Ordinal));

    [GeneratedRegex(@"^var hostSettings = \{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex HostSettings();

    [GeneratedRegex(@"^  '?(?<name>[\w.]+)'?: ", RegexOptions.Multiline)]
    private static partial Regex SettingName();

    [GeneratedRegex(@"FineTune__\w+")]
    private static partial Regex ProductSetting();
}
