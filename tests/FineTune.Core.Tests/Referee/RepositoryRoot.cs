namespace FineTune.Referee;

/// <summary>The folder of the solution file, found by walking up from the test's own assembly.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "FineTuneFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No FineTuneFunctions.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
