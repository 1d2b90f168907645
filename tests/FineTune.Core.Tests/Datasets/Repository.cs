namespace FineTune.Core.Tests.Datasets;

/// <summary>Finds the project's own files, and the data that may lie beside the project, from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Samples => Path.Combine(Root, "samples");

    /// <summary>Real data shared between projects; null where it is absent.</summary>
    public static string? SharedFile(string relativePath)
    {
        string path = Path.Combine(Root, "..", "shared", "data", relativePath);
        return File.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FineTuneFunctions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository: no FineTuneFunctions.sln above them.");
        }

        return folder.FullName;
    }
}
