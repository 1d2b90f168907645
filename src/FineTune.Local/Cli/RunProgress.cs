using FineTune.Operations;
using FineTune.Ports;
using FineTune.Workflows;
using Spectre.Console;

namespace FineTune.Local.Cli;

/// <summary>Follows one run to its end: live on a terminal, a line for each change where the output is piped.</summary>
internal static class RunProgress
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(30);

    public static async Task<RunView> FollowAsync(LocalSession session, RunView run, bool quiet, CancellationToken cancellationToken)
    {
        if (!quiet)
        {
            Console.WriteLine($"Run {run.RunId} on {run.Dataset}, base model {run.BaseModel}");
        }

        return quiet ? await WaitAsync(session, run.RunId, static _ => { }, cancellationToken)
            : Console.IsOutputRedirected ? await WaitAsync(session, run.RunId, new PlainProgress().Show, cancellationToken)
            : await LiveAsync(session, run.RunId, cancellationToken);
    }

    /// <summary>How a run ended is recorded before its files at the provider are deleted; this waits for that, too, while the provider answers.</summary>
    public static async Task CleanUpAsync(LocalSession session, string runId, CancellationToken cancellationToken)
    {
        TimeProvider time = session.Get<TimeProvider>();
        long began = time.GetTimestamp();
        using PeriodicTimer looks = new(LookEvery, time);
        while (await session.Get<IWorkflowClient>().FindStateAsync(runId, cancellationToken)
            is { Status: WorkflowStatus.Running, Progress.Step: not FineTuneStep.Done })
        {
            if (time.GetElapsedTime(began) > CleanUpLimit)
            {
                await Console.Error.WriteLineAsync("The run's files are still at the provider, which does not let them be deleted now. The next start tries again.");
                return;
            }

            await looks.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static Task<RunView> LiveAsync(LocalSession session, string runId, CancellationToken cancellationToken)
        => AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async live =>
            {
                ProgressTask bar = live.AddTask("starting");
                RunView ended = await WaitAsync(session, runId, progress => Show(bar, progress), cancellationToken);
                bar.Value = 100;
                bar.Description = Markup.Escape(ended.Status.ToString());
                return ended;
            });

    private static void Show(ProgressTask bar, FineTuneProgress progress)
    {
        bar.Description = Markup.Escape(ProgressText.Of(progress));
        bar.IsIndeterminate = progress.Percent is null;
        bar.Value = progress.Percent ?? 0;
    }

    private static async Task<RunView> WaitAsync(
        LocalSession session, string runId, Action<FineTuneProgress> show, CancellationToken cancellationToken)
    {
        GetRun getRun = session.Get<GetRun>();
        using PeriodicTimer looks = new(LookEvery, session.Get<TimeProvider>());
        while (true)
        {
            RunView run = await getRun.RunAsync(runId, cancellationToken);
            if (run.Status is not RunStatus.Running)
            {
                return run;
            }

            if (run.Progress is not null)
            {
                show(run.Progress);
            }

            await looks.WaitForNextTickAsync(cancellationToken);
        }
    }
}
