using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace FineTune.Core.Tests.Architecture;

/// <summary>The compiler keeps replayed code pure. A misspelt line in its list would ban nothing and say nothing, so each is looked up.</summary>
public sealed class BannedSymbolTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "BannedSymbols.txt"));

    /// <summary>A type of each assembly that the list reaches into.</summary>
    private static readonly Type[] Places = [typeof(object), typeof(HttpClient), typeof(Console), typeof(RandomNumberGenerator), typeof(Stopwatch)];

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.TimeProvider")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    [InlineData("M:System.Threading.Tasks.Task.Run(System.Func{System.Threading.Tasks.Task})")]
    [InlineData("M:System.Threading.Tasks.Task.ConfigureAwait(System.Boolean)")]
    [InlineData("M:System.Threading.Tasks.Task`1.ConfigureAwait(System.Boolean)")]
    [InlineData("T:System.Net.Http.HttpClient")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.Environment")]
    public void List_NamesWhatReplayedCodeMustNotTouch(string symbol)
        => Assert.Contains(Lines, line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void List_NamesOnlySymbolsThatExist_AndSaysWhatToDoInstead()
    {
        Assert.All(Lines.Where(line => line.Length > 0), line =>
        {
            string[] parts = line.Split(';', 2);
            Assert.True(parts.Length == 2 && parts[1].StartsWith("Replayed code", StringComparison.Ordinal), line);
            Assert.True(Exists(parts[0]), $"{parts[0]} names nothing");
        });
    }

    [Fact]
    public void Rule_IsAnErrorForWorkflows()
    {
        string[] settings = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"));
        int section = Array.IndexOf(settings, "[src/**/Workflows/**.cs]");

        Assert.True(section > 0, "No section for the workflows.");
        Assert.Equal("dotnet_diagnostic.RS0030.severity = error", settings[section + 1]);
        Assert.DoesNotContain(Sources(), text => text.Contains("RS0030", StringComparison.Ordinal));
    }

    [Fact]
    public void Rule_ReadsTheListInEveryProject()
    {
        string properties = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));

        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", properties, StringComparison.Ordinal);
        Assert.Contains("<AdditionalFiles Include=\"$(MSBuildThisFileDirectory)BannedSymbols.txt\" />", properties, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sources()
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "FineTune.Core", "Workflows"), "*.cs").Select(File.ReadAllText);

    private static bool Exists(string id)
    {
        string name = id[2..].Split('(')[0];
        string owner = name[..name.LastIndexOf('.')];
        string member = name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
        return id[0] switch
        {
            'T' => Find(name) is not null,
            'P' => Find(owner)?.GetProperty(member) is not null,
            _ => Find(owner)?.GetMethods().Any(method => method.Name == member && Parameters(method) == Listed(id)) is true,
        };
    }

    private static Type? Find(string name) => Places.Select(place => place.Assembly.GetType(name)).FirstOrDefault(type => type is not null);

    private static string Listed(string id) => id.Contains('(') ? id[(id.IndexOf('(') + 1)..^1] : "";

    private static string Parameters(MethodInfo method) => string.Join(',', method.GetParameters().Select(parameter => IdOf(parameter.ParameterType)));

    private static string IdOf(Type type) => type.IsGenericMethodParameter ? $"``{type.GenericParameterPosition}"
        : type.IsGenericType ? $"{type.Namespace}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}"
        : type.FullName!;
}
