namespace FineTune.Local.Storage;

/// <summary>Writes a file so that readers, and a machine that loses power, find all of it or none of it.</summary>
internal static class AtomicFile
{
    /// <summary>Replaces the file at <paramref name="path"/>. After a crash a hidden <c>.*.tmp</c> may be left; nothing reads it.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            await using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // only there when something went wrong
        }
    }
}
