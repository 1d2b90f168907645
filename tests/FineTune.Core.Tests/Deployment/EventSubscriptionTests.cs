using System.Text.RegularExpressions;

namespace FineTune.Core.Tests.Deployment;

/// <summary>Which events reach which function, and what becomes of those that do not.</summary>
public sealed partial class EventSubscriptionTests
{
    private static readonly string Subscription = DeploymentFiles.Bicep["event-subscription.bicep"];

    [Fact]
    public void Events_AreEndsOfWritesOfDatasetsOnly()
    {
        Assert.Contains("includedEventTypes: ['Microsoft.Storage.BlobCreated']", Subscription, StringComparison.Ordinal);
        Assert.Contains("subjectBeginsWith: '/blobServices/default/containers/${datasetContainer}/blobs/'", Subscription, StringComparison.Ordinal);
        Assert.Contains("subjectEndsWith: '.jsonl'", Subscription, StringComparison.Ordinal);
        Assert.Contains("isSubjectCaseSensitive: false", Subscription, StringComparison.Ordinal);
        Assert.Contains("key: 'data.api', values: ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose']", Subscription, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_AreTriedForADayAndThenKept()
    {
        Assert.Contains("maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440", Subscription, StringComparison.Ordinal);
        Assert.Contains("deadLetterWithResourceIdentity:", Subscription, StringComparison.Ordinal);
        Assert.Contains("type: 'UserAssigned'", Subscription, StringComparison.Ordinal);
    }

    [Fact]
    public void Container_IsTheOneOfTheStoreAndTheTriggers()
    {
        string container = Regex.Match(DeploymentFiles.Bicep["main.bicep"], "var datasetContainer = '(?<name>[^']+)'").Groups["name"].Value;

        Assert.Contains($"string Container = \"{container}\";", HeadSource(), StringComparison.Ordinal);
        Assert.Contains("BlobTrigger(AnyBlob", HeadSource(), StringComparison.Ordinal);
        Assert.Contains("string AnyBlob = AzureStorageServices.Container + \"/{name}\";", HeadSource(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create-event-subscription.sh")]
    [InlineData("create-event-subscription.ps1")]
    public void Hook_NamesAFunctionOfTheHead(string hook)
    {
        string function = FunctionName().Match(DeploymentFiles.Hooks[hook]).Groups["name"].Value;

        Assert.Matches($@"\[Function\(""{function}""\)\][^\[]*\[BlobTrigger\([^)]*BlobTriggerSource\.EventGrid", HeadSource());
    }

    [Theory]
    [InlineData("create-event-subscription.sh")]
    [InlineData("create-event-subscription.ps1")]
    public void Hook_GetsEveryVariableFromTheDeployment(string hook)
    {
        string[] variables = [.. Variable().Matches(DeploymentFiles.Hooks[hook]).Select(match => match.Groups["name"].Value).Distinct()];

        Assert.Equal(8, variables.Length);
        Assert.All(variables, name => Assert.Contains($"\noutput {name} string", DeploymentFiles.Bicep["main.bicep"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("create-event-subscription.sh")]
    [InlineData("create-event-subscription.ps1")]
    public void Hook_GivesEveryParameter(string hook)
        => Assert.All(
            Regex.Matches(Subscription, @"(?m)^param (\w+) ").Select(match => match.Groups[1].Value),
            parameter => Assert.Matches($@"\b{parameter}""?\s*[:=]", DeploymentFiles.Hooks[hook]));

    [Fact]
    public void Azd_RunsTheHookAfterTheCodeIsThere()
    {
        string azd = DeploymentFiles.Read("azure.yaml");

        Assert.Matches(@"(?s)postdeploy:.*run: \./infra/hooks/create-event-subscription\.sh.*run: \./infra/hooks/create-event-subscription\.ps1", azd);
        Assert.Contains("'azd-service-name': 'functions'", DeploymentFiles.Bicep["app.bicep"], StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  functions:\n    project: src/FineTune\.Functions$", azd);
    }

    private static string HeadSource() => string.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "FineTune.Functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [GeneratedRegex(@"(?i)function_?name\s*=\s*'?(?<name>\w+)")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\$(env:)?(?<name>[A-Z]+_[A-Z_]*[A-Z])\b")]
    private static partial Regex Variable();
}
