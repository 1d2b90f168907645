using System.Diagnostics;
using System.Globalization;

namespace FineTune.Local.Engine;

/// <summary>Keeps every other engine out of a data folder. The operating system lifts it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _lock;

    private FolderLock(FileStream held) => _lock = held;

    /// <exception cref="FolderInUseException">Another engine has it.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, "engine.lock");
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FolderInUseException(folder, ReadHolder(folder));
        }

        // Beside the lock, for a locked file cannot be read everywhere.
        File.WriteAllText(HolderFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new FolderLock(held);
    }

    /// <summary>False when surely nobody has it. The lock itself is not tried: whoever takes it at that moment would be turned away.</summary>
    public static bool MayBeTaken(string folder)
    {
        try
        {
            using Process? holder = ReadHolder(folder) is { } id ? Process.GetProcessById(id) : null;
            return holder is not null;
        }
        catch (ArgumentException)
        {
            return false; // no such process any more
        }
    }

    public void Dispose() => _lock.Dispose();

    private static int? ReadHolder(string folder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(HolderFile(folder)), CultureInfo.InvariantCulture, out int id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string HolderFile(string folder) => Path.Combine(folder, "engine.pid");
}
