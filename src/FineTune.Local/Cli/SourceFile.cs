using System.CommandLine;
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

    public static FileStream Open(FileInfo file) => file.Exists
        ? file.OpenRead()
        : throw new InvalidRequestException($"There is no file '{file.FullName}'.");

    /// <summary><c>support.fixed.jsonl</c> for <c>support.jsonl</c> and <c>.fixed.jsonl</c>.</summary>
    public static string Beside(FileInfo file, string suffix)
        => System.IO.Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, file.DirectoryName!), System.IO.Path.GetFileNameWithoutExtension(file.Name) + suffix);
}
