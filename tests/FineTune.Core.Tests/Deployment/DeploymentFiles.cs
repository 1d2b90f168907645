using System.Text.Json;

namespace FineTune.Core.Tests.Deployment;

/// <summary>The files that describe the deployment, as text: no Bicep compiler is needed to hold them to their rules.</summary>
internal static class DeploymentFiles
{
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    public static IReadOnlyDictionary<string, string> Bicep { get; } =
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.bicep", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    public static IReadOnlyDictionary<string, string> Hooks { get; } =
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "hooks")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    public static string Guide { get; } = Read("docs", "azure.md");

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    /// <summary>JSON as the host and azd take it: no comments, no trailing commas; no name twice.</summary>
    public static JsonElement ReadJson(params string[] path) => JsonSerializer.Deserialize<JsonElement>(Read(path), Strict);

    /// <summary>The body of every resource of a type, from the declaration to the brace in the first column; references to existing ones are none.</summary>
    public static IEnumerable<string> ResourcesOf(string type)
        => from file in Bicep.Values
           from part in file.Split("\nresource ").Skip(1)
           let declaration = part[..part.IndexOf('\n', StringComparison.Ordinal)]
           where declaration.Contains($"'{type}@", StringComparison.Ordinal) && !declaration.Contains(" existing ", StringComparison.Ordinal)
           select part[..part.IndexOf("\n}", StringComparison.Ordinal)];
}
