namespace FineTune.EndToEnd.Tests;

/// <summary>Finds the clone that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Sample(params string[] path) => Path.Combine([Root, "samples", .. path]);

    /// <summary>Null where the shared data, which is not part of the repository, is absent.</summary>
    public static string? FindSharedData(params string[] path)
    {
        string file = Path.GetFullPath(Path.Combine([Root, "..", "shared", "data", .. path]));
        return File.Exists(file) ? file : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FineTuneFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds FineTuneFunctions.sln.");
    }
}
