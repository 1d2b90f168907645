using FineTune.Operations;

namespace FineTune.Local;

/// <summary>All that the local host keeps, in one folder.</summary>
internal sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where datasets are dropped, and reports appear beside them.</summary>
    public string Datasets => System.IO.Path.Combine(Path, "datasets");

    public string Ledger => System.IO.Path.Combine(Path, "ledger.db");

    /// <summary>The engine's own: its journal and its lock.</summary>
    public string Engine => System.IO.Path.Combine(Path, "engine");

    public string Emulator => System.IO.Path.Combine(Path, "emulator");

    /// <exception cref="InvalidRequestException">It cannot be there.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Datasets);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The data folder '{Path}' cannot be made: {refused.Message} Choose another with --data.");
        }
    }

    public string Settings => System.IO.Path.Combine(Path, "settings.json");
}
