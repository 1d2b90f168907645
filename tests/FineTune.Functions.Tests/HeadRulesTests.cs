using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using FineTune.Functions.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FineTune.Functions.Tests;

/// <summary>A head binds, calls one thing of Core's and shapes the answer. What it may not do is held here, on the compiled assembly and its source.</summary>
public sealed partial class HeadRulesTests
{
    private static readonly Assembly Head = typeof(WorkflowFunctions).Assembly;

    private static readonly MethodInfo[] Functions =
        [.. Head.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    public static TheoryData<string> FunctionFiles =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "FineTune.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[Function(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(FunctionFiles))]
    public void Functions_AreOneExpressionWithoutADecision(string file)
    {
        string source = Comment().Replace(File.ReadAllText(Path.Combine(Repository.Root, file)), "");

        Assert.Equal(FunctionStart().Count(source), ExpressionBody().Count(source));
        Assert.DoesNotMatch(Decision(), source);
    }

    [Fact]
    public void FunctionClasses_KnowOnlyOperationsAndActivitiesOfCore()
    {
        Type[] known = [.. Functions.Select(function => function.DeclaringType!).Distinct()
            .SelectMany(type => type.GetConstructors()).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)];

        Assert.NotEmpty(known);
        Assert.All(known, type => Assert.True(
            type == typeof(HealthCheckService) || type.Namespace is "FineTune.Operations" or "FineTune.Activities" or "FineTune.Sweeping",
            $"{type} is neither an operation nor an activity: what it does belongs into one."));
    }

    [Fact]
    public void Routes_WantAKey()
    {
        HttpTriggerAttribute[] routes = [.. Functions.SelectMany(function => function.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()];

        Assert.NotEmpty(routes);
        Assert.All(routes, route => Assert.Equal(AuthorizationLevel.Function, route.AuthLevel));
    }

    [Fact]
    public void Results_HaveNoPlaceForASecret()
    {
        HashSet<Type> told = [];
        foreach (MethodInfo function in Functions)
        {
            Collect(function.ReturnType, told);
        }

        Assert.Contains(typeof(FineTune.Workflows.FineTuneOutcome), told);
        Assert.All(told.SelectMany(type => type.GetProperties()), property => Assert.DoesNotMatch(Secret(), property.Name));
    }

    /// <summary>
    /// The engine's own addresses carry a key to every instance; ending one beside its workflow could buy a job twice. What is over may be purged.
    /// </summary>
    [Fact]
    public void Head_NeverHandsOutNorUsesTheEnginesManagement()
    {
        using PEReader file = new(File.OpenRead(Head.Location));
        MetadataReader metadata = file.GetMetadataReader();

        string[] called = [.. metadata.MemberReferences.Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name))];

        Assert.Contains("ScheduleNewOrchestrationInstanceAsync", called);
        Assert.All(called, name => Assert.DoesNotMatch(Management(), name));
    }

    [Fact]
    public void Head_ShipsNoEmulatorAndNoOtherHead()
    {
        string[] references = [.. Head.GetReferencedAssemblies().Select(reference => reference.Name!)];

        Assert.Contains("FineTune.Core", references);
        Assert.DoesNotContain("FineTune.Emulator", references);
        Assert.DoesNotContain("finetune", references);
    }

    private static void Collect(Type type, HashSet<Type> told)
    {
        foreach (Type argument in type.GetGenericArguments())
        {
            Collect(argument, told);
        }

        if (type.Assembly == typeof(PermanentFailureException).Assembly && told.Add(type))
        {
            foreach (PropertyInfo property in type.GetProperties())
            {
                Collect(property.PropertyType, told);
            }
        }
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\[Function\(")]
    private static partial Regex FunctionStart();

    [GeneratedRegex(@"^\s+=> ", RegexOptions.Multiline)]
    private static partial Regex ExpressionBody();

    [GeneratedRegex(@"\b(if|else|switch|for|foreach|while|do|try|catch)\b| \? | && | \|\| ")]
    private static partial Regex Decision();

    [GeneratedRegex("secret|password|apikey|connectionstring|credential|signature|accesskey", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("CheckStatusResponse|HttpManagementPayload|Terminate|PurgeAll|Rewind|RestartAsync")]
    private static partial Regex Management();
}
