using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Deployment;

/// <summary>Doors that stay shut, whoever edits the templates.</summary>
public sealed partial class ExposureTests
{
    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess: false")]
    [InlineData("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess: false")]
    [InlineData("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly: true")]
    [InlineData("Microsoft.Storage/storageAccounts", "minimumTlsVersion: 'TLS1_2'")]
    [InlineData("Microsoft.Storage/storageAccounts", "defaultToOAuthAuthentication: true")]
    [InlineData("Microsoft.Storage/storageAccounts", "bypass: 'AzureServices'")]
    [InlineData("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess: 'None'")]
    [InlineData("Microsoft.Web/sites", "httpsOnly: true")]
    [InlineData("Microsoft.Web/sites", "minTlsVersion: '1.2'")]
    [InlineData("Microsoft.Web/sites", "scmMinTlsVersion: '1.2'")]
    [InlineData("Microsoft.Web/sites", "ftpsState: 'Disabled'")]
    [InlineData("Microsoft.Web/sites", "remoteDebuggingEnabled: false")]
    [InlineData("Microsoft.Web/sites", "type: 'UserAssigned'")]
    [InlineData("Microsoft.Web/sites", "authentication: { type: 'UserAssignedIdentity'")]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow: false")]
    [InlineData("Microsoft.KeyVault/vaults", "enableRbacAuthorization: true")]
    [InlineData("Microsoft.KeyVault/vaults", "enablePurgeProtection: true")]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth: true")]
    public void Resources_KeepTheDoorShut(string type, string line)
    {
        string[] resources = [.. DeploymentFiles.ResourcesOf(type)];

        Assert.NotEmpty(resources);
        Assert.All(resources, one => Assert.Contains(line, one, StringComparison.Ordinal));
    }

    [Fact]
    public void Entra_IsTheDefault_AndLetsOnlySignedCallersPass()
    {
        Assert.Contains("param authentication string = 'Entra'", DeploymentFiles.Bicep["main.bicep"], StringComparison.Ordinal);
        string builtIn = Assert.Single(
            DeploymentFiles.ResourcesOf("Microsoft.Web/sites/config"), one => one.Contains("authsettingsV2", StringComparison.Ordinal));
        Assert.Contains("requireAuthentication: true", builtIn, StringComparison.Ordinal);
        string[] excluded = [.. Excluded().Match(builtIn).Value.Split('\'').Where(part => part.StartsWith('/'))];
        Assert.Equal(["/runtime/webhooks/blobs", "/api/webhooks/provider"], excluded); // a system key; a function key and a signature
    }

    [GeneratedRegex(@"excludedPaths: \[[^\]]*\]")]
    private static partial Regex Excluded();
}
