using FineTune.Workflows;

namespace FineTune.Local.Cli;

/// <summary>One line for each step, and one for each tenth of the training.</summary>
internal sealed class PlainProgress
{
    private (FineTuneStep Step, int Tenth, string Detail)? _shown;

    public void Show(FineTuneProgress progress)
    {
        (FineTuneStep, int, string) now = (progress.Step, (int)((progress.Percent ?? 0) / 10), progress.Detail);
        if (now != _shown)
        {
            _shown = now;
            Console.WriteLine(ProgressText.Of(progress));
        }
    }
}
