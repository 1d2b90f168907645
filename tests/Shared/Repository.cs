namespace FineTune.Tests.Shared;

/// <summary>The clone that the tests were built from, and the data that may lie beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Samples => Path.Combine(Root, "samples");

    /// <summary>Real data that is not part of the repository and may be absent.</summary>
    public static string SharedData => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    public static string Sample(params string[] path) => Path.Combine([Samples, .. path]);

    /// <summary>Null where it is absent.</summary>
    public static string? FindSharedData(params string[] path)
    {
        string file = Path.Combine([SharedData, .. path]);
        return File.Exists(file) ? file : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FineTuneFunctions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No FineTuneFunctions.sln above {AppContext.BaseDirectory}; run this from a clone.");
        }

        return folder.FullName;
    }
}
