using System.Text.Json;

namespace FineTune.Emulator.State;

/// <summary>
/// An append-only file of JSON lines. Each line is handed to the operating system before the request it belongs to is answered:
/// it survives the process (kill -9), not the machine's power. A torn last line is the one request nobody was answered.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process holds the folder.</exception>
    public static Journal Open(string stateFolder, out IReadOnlyList<JournalEntry> entries)
    {
        Directory.CreateDirectory(stateFolder);
        string path = Path.Combine(stateFolder, "journal.jsonl");
        var file = OpenAlone(path);
        try
        {
            entries = Replay(file, path);
            return new Journal(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(JournalEntry entry)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        long end = _file.Position;
        try
        {
            _file.Write([.. line, (byte)'\n']);
            _file.Flush();
        }
        catch (IOException)
        {
            _file.SetLength(end); // a full disk must not leave half a line for the next one to be glued to
            _file.Position = end;
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream OpenAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new IOException($"'{path}' is in use by another emulator. Stop it, or give this one another state folder.", e);
        }
    }

    private static List<JournalEntry> Replay(FileStream file, string path)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);

        var entries = new List<JournalEntry>();
        foreach (var range in bytes.AsSpan(0, whole).Split((byte)'\n'))
        {
            if (!bytes.AsSpan()[range].IsEmpty)
            {
                entries.Add(Parse(bytes.AsSpan()[range], path, entries.Count + 1));
            }
        }

        return entries;
    }

    private static JournalEntry Parse(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"Line {number} of '{path}' is not a journal entry. Restore the file, or start with an empty state folder.", e);
        }
    }
}
