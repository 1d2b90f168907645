namespace FineTune.Benchmarks;

internal static class RepositoryRoot
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder)
        => folder is null ? throw new InvalidOperationException("Run the benchmark from a checkout: no FineTuneFunctions.sln was found above it.")
            : File.Exists(System.IO.Path.Combine(folder.FullName, "FineTuneFunctions.sln")) ? folder.FullName
            : Find(folder.Parent);
}
