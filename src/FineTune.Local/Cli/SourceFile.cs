using System.CommandLine;
using FineTune.Datasets.Reading;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>The file a rewriting command reads, and the names of what it writes beside it.</summary>
internal static class SourceFile
{
    public static Argument<FileInfo> Argument(string description) => new("file") { Description = description };

    public static Option<string?> Output(string standard) => new("--output", "-o")
    {
        Description = $"Where to write; never over an existing file. The default is {standard} beside the file.",
        HelpName = "file",
    };

    /// <exception cref="InvalidRequestException">There is none.</exception>
    public static FileStream Open(FileInfo file) => Existing(file).OpenRead();

    /// <exception cref="InvalidRequestException">There is none.</exception>
    public static FileInfo Existing(FileInfo file) => file.Exists ? file
        : Directory.Exists(file.FullName) ? throw new InvalidRequestException($"'{file.FullName}' is a folder; expected a file. Name one in it.")
        : throw new InvalidRequestException($"There is no file '{file.FullName}'. Check its name and where it is.");

    /// <exception cref="UnreadableDatasetException">There is nothing to write.</exception>
    public static void RequireExamples(FileInfo file, int written)
    {
        if (written == 0)
        {
            throw new UnreadableDatasetException($"'{file.Name}' holds no example. Nothing was written.");
        }
    }

    /// <summary><c>data/support.fixed.jsonl</c> for <c>data/support.jsonl</c> and <c>.fixed.jsonl</c>: as the file was typed.</summary>
    public static string Beside(FileInfo file, string suffix)
        => Path.Combine(Path.GetDirectoryName(file.ToString())!, Path.GetFileNameWithoutExtension(file.Name) + suffix);
}
