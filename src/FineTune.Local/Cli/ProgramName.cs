namespace FineTune.Local.Cli;

/// <summary>How the program is called where it was started, for commands that people copy from its output.</summary>
internal static class ProgramName
{
    /// <summary>The script at the root of a clone says its own name.</summary>
    public static string Text { get; } = Environment.GetEnvironmentVariable("FINETUNE_COMMAND") ?? "finetune";
}
