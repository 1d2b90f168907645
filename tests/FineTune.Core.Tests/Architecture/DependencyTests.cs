using System.Reflection;
using System.Xml.Linq;
using FineTune.Emulator;

namespace FineTune.Core.Tests.Architecture;

/// <summary>Dependencies point one way: heads to the core, the emulator to nothing of ours, nothing to a head.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Ours = ["FineTune.", "finetune"];

    [Fact]
    public void TheCore_KnowsNoHeadAndNoHostsTechnology()
    {
        string[] references = ReferencesOf(typeof(RunKey).Assembly);

        Assert.DoesNotContain(references, IsOurs);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.Azure.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || name.StartsWith("Azure.Data", StringComparison.Ordinal)
            || name.StartsWith("Azure.Storage", StringComparison.Ordinal));
    }

    [Fact]
    public void TheEmulator_KnowsNothingOfOurs()
        => Assert.DoesNotContain(ReferencesOf(typeof(EmulatorServer).Assembly), IsOurs);

    [Theory]
    [InlineData("FineTune.Core")]
    [InlineData("FineTune.Emulator")]
    [InlineData("FineTune.Functions", "FineTune.Core")]
    [InlineData("FineTune.Local", "FineTune.Core", "FineTune.Emulator")]
    public void Projects_ReferenceOnlyWhatTheyMay(string project, params string[] allowed)
    {
        XDocument file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));

        string[] referenced = [.. file.Descendants("ProjectReference").Select(one => Path.GetFileNameWithoutExtension(one.Attribute("Include")!.Value.Replace('\\', '/')))];

        Assert.Equal(allowed, referenced.Order());
    }

    private static string[] ReferencesOf(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(one => one.Name!)];

    private static bool IsOurs(string name) => Array.Exists(Ours, start => name.StartsWith(start, StringComparison.Ordinal));
}
