using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Deployment;

/// <summary>No key is read where a role would do, and none leaves the deployment.</summary>
public sealed partial class SecretTests
{
    [Theory]
    [InlineData("listKeys(")]
    [InlineData(".listKeys")]
    [InlineData("listAccountSas(")]
    [InlineData("listServiceSas(")]
    [InlineData("listSecrets(")]
    [InlineData("list(")]
    [InlineData("AccountKey=")]
    [InlineData("SharedAccessSignature")]
    public void Bicep_ReadsNoKeys(string forbidden)
        => Assert.All(DeploymentFiles.Bicep, file => Assert.DoesNotContain(forbidden, file.Value, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Outputs_AreNamesAndAddressesOnly()
    {
        string[] outputs = [.. DeploymentFiles.Bicep.Values.SelectMany(text => Output().Matches(text)).Select(match => match.Value)];

        Assert.NotEmpty(outputs);
        Assert.All(outputs, line => Assert.DoesNotMatch("(?i)apikey|secret|password|connectionstring|instrumentationkey|extensionkey|sas", line));
    }

    [Fact]
    public void Parameters_AreSecure_WhenTheyHoldAKey()
    {
        string[] keys = [.. DeploymentFiles.Bicep.Values.SelectMany(text => KeyParameter().Matches(text)).Select(match => match.Value)];

        Assert.Equal(3, keys.Length); // the provider's key, handed on once, and the event key
        Assert.All(keys, parameter => Assert.Contains("@secure()", parameter, StringComparison.Ordinal));
    }

    [Fact]
    public void ProviderKey_IsAReferenceToTheVault()
    {
        Assert.Contains("FineTune__Provider__ApiKey: '@Microsoft.KeyVault(SecretUri=", DeploymentFiles.Bicep["main.bicep"], StringComparison.Ordinal);
        Assert.Contains("keyVaultReferenceIdentity: identity.id", DeploymentFiles.Bicep["app.bicep"], StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_NeitherPrintTheKeyNorPassItAsAnArgument()
        => Assert.All(DeploymentFiles.Hooks, hook =>
        {
            string[] uses = [.. hook.Value.Split('\n').Where(line => Key().IsMatch(line))];

            Assert.Contains(uses, line => line.Contains("blobsExtensionKey", StringComparison.Ordinal));
            Assert.All(uses, line => Assert.DoesNotMatch(@"echo|Write-|printf|\bthrow\b|az deployment|set -x", line));
        });

    [GeneratedRegex(@"^output .+$", RegexOptions.Multiline)]
    private static partial Regex Output();

    /// <summary>With the decorators above it.</summary>
    [GeneratedRegex(@"(^@.+\n)*^param \w*(Key|Secret|Password) .+$", RegexOptions.Multiline)]
    private static partial Regex KeyParameter();

    [GeneratedRegex(@"\$key\b")]
    private static partial Regex Key();
}
