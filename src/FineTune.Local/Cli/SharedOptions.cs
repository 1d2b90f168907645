using System.CommandLine;
using FineTune.Operations;

namespace FineTune.Local.Cli;

/// <summary>Options that every command knows.</summary>
internal static class SharedOptions
{
    public const string DefaultData = ".finetune";

    public static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder: datasets, ledger, journal and the emulator's state. One process works on it at a time.",
        HelpName = "folder",
        DefaultValueFactory = _ => DefaultData,
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print JSON for machines; what is meant for people goes to standard error.",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Log every step to standard error.",
        Recursive = true,
    };

    /// <exception cref="InvalidRequestException">Its name is empty.</exception>
    public static DataFolder DataFolder(this ParseResult parsed) => parsed.GetRequiredValue(Data) is var folder && !string.IsNullOrWhiteSpace(folder)
        ? new(folder)
        : throw new InvalidRequestException("The name of the data folder is empty. Give one with --data, or leave the option out.");

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Json);

    public static LogLevel LogLevel(this ParseResult parsed)
        => parsed.GetValue(Verbose) ? Microsoft.Extensions.Logging.LogLevel.Information : Microsoft.Extensions.Logging.LogLevel.Warning;
}
