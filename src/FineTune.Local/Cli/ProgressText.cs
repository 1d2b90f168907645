using System.Globalization;
using FineTune.Workflows;

namespace FineTune.Local.Cli;

/// <summary>A run's progress in one line of plain text.</summary>
internal static class ProgressText
{
    public static string Of(FineTuneProgress progress)
    {
        string percent = progress.Percent is { } done ? string.Create(CultureInfo.InvariantCulture, $" {done:0}%") : "";
        string train = progress.TrainLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", training loss {loss:0.000}") : "";
        string valid = progress.ValidLoss is { } other ? string.Create(CultureInfo.InvariantCulture, $", validation loss {other:0.000}") : "";
        return $"{Name(progress.Step),-17} {progress.Detail}{percent}{train}{valid}";
    }

    private static string Name(FineTuneStep step) => step switch
    {
        FineTuneStep.AwaitingApproval => "awaiting approval",
        FineTuneStep.WaitingForFiles => "waiting for files",
        FineTuneStep.CreatingJob => "creating job",
        _ => step.ToString().ToLowerInvariant(),
    };
}
