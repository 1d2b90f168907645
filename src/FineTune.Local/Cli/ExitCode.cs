using FineTune.Ports;

namespace FineTune.Local.Cli;

/// <summary>What a script is told; listed in <c>finetune --help</c>.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int Invalid = 3;
    public const int Failed = 4;
    public const int Cancelled = 5;
    public const int NeedsAttention = 6;
    public const int FolderInUse = 7;
    public const int Interrupted = 130;

    /// <param name="hasModel">A duplicate of a run that has its model is as good as done.</param>
    public static int Of(RunStatus status, bool hasModel) => status switch
    {
        RunStatus.Succeeded => Done,
        RunStatus.Duplicate when hasModel => Done,
        RunStatus.Invalid => Invalid,
        RunStatus.Cancelled or RunStatus.Rejected => Cancelled,
        RunStatus.NeedsAttention or RunStatus.ProviderClosed or RunStatus.TimedOut => NeedsAttention,
        _ => Failed,
    };
}
