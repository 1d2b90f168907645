using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>
/// A file a command writes: under a hidden name beside its own until all of it is there, and then put in its place, but never over
/// another file.
/// </summary>
internal sealed class NewFile : IAsyncDisposable
{
    private readonly string _temporary;

    private NewFile(string path, string temporary)
    {
        (Path, _temporary) = (path, temporary);
        Content = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
    }

    public string Path { get; }

    public FileStream Content { get; }

    /// <exception cref="InvalidRequestException">There is such a file already, or no such folder, or nothing can be written into it.</exception>
    public static NewFile Create(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidRequestException("The name of the file to write is empty. Give one with --output.");
        }

        string full = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(full) ?? throw new InvalidRequestException($"'{path}' is no name for a file.");
        if (System.IO.Path.Exists(full))
        {
            string what = Directory.Exists(full) ? "folder" : "file";
            throw new InvalidRequestException($"There is a {what} '{path}' already, and no file is ever written over. Choose another name with --output, or move it away.");
        }

        if (!Directory.Exists(folder))
        {
            throw new InvalidRequestException($"There is no folder '{folder}' to write into. Make it, or choose another place with --output.");
        }

        try
        {
            return new NewFile(path, System.IO.Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"Nothing can be written into the folder '{folder}'. Choose another place with --output.");
        }
    }

    /// <summary>Puts the file in its place; without this it is gone when disposed of.</summary>
    public async Task KeepAsync()
    {
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync();
        File.Move(_temporary, Path, overwrite: false);
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        File.Delete(_temporary); // only there when it was not kept
    }
}
