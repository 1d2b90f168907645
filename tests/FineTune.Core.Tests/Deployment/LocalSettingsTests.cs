using System.Text.Json;

namespace FineTune.Core.Tests.Deployment;

/// <summary>The sample that a person copies to <c>local.settings.json</c>.</summary>
public sealed class LocalSettingsTests
{
    private static readonly Dictionary<string, string> Values =
        DeploymentFiles.ReadJson("local.settings.sample.json").GetProperty("Values").Deserialize<Dictionary<string, string>>()!;

    [Theory]
    [InlineData("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true")]
    [InlineData("DatasetStorage", "UseDevelopmentStorage=true")]
    public void Sample_HasWhatTheHostNeeds(string name, string value) => Assert.Equal(value, Values[name]);

    [Fact]
    public void Triggers_AreDisabledOneHereTheOtherInAzure()
    {
        Assert.Equal(["AzureWebJobs.StartFromEvent.Disabled"], Disabled(Values.Where(pair => pair.Value == "true").Select(pair => pair.Key)));
        Assert.Contains("'AzureWebJobs.StartFromPolling.Disabled': 'true'", DeploymentFiles.Bicep["app.bicep"], StringComparison.Ordinal);
        Assert.DoesNotContain("StartFromEvent.Disabled", DeploymentFiles.Bicep["app.bicep"], StringComparison.Ordinal);
    }

    [Fact]
    public void ProductSettings_AreBoundByTheOptions()
    {
        string[] names = [.. Values.Keys.Where(name => name.StartsWith("FineTune", StringComparison.Ordinal))];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(ProductSettings.IsBound(name), $"{name} is no setting of the product."));
    }

    [Fact]
    public void Provider_IsTheEmulatorOnThisMachine()
    {
        Uri endpoint = new(Values["FineTune__Provider__Endpoint"]);

        Assert.True(endpoint.IsLoopback);
        Assert.Contains($"FineTune.Emulator -- --port {endpoint.Port} ", DeploymentFiles.Guide, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Disabled(IEnumerable<string> names) => names.Where(name => name.EndsWith(".Disabled", StringComparison.Ordinal));
}
