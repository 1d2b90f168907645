using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>The wait for the provider to process the files.</summary>
public sealed class WaitingTests
{
    private static readonly FileCheck NotYet = new(End: null);

    [Fact]
    public async Task WaitForFile_LooksEverMoreRarely_UntilTheFileIsReady()
    {
        WorkflowStage stage = Sample.GoodStage()
            .Answer(nameof(CheckFile), NotYet, NotYet, NotYet, new FileCheck(End: null, Ready: true));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal([10, 15, 22.5], stage.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task WaitForFile_TriesTheJobAnyway_WhenTheDeadlineHasPassed()
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(CheckFile), NotYet);

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Contains(nameof(CreateJob), stage.Calls);
        Assert.InRange(stage.Now - WorkflowStage.Start, Sample.Limits.FileDeadline, Sample.Limits.FileDeadline + Sample.Limits.PollAtMost);
        Assert.All(stage.Waits, wait => Assert.InRange(wait, Sample.Limits.PollEvery, Sample.Limits.PollAtMost));
    }

    [Fact]
    public async Task WaitForFile_EndsTheRun_WhenTheFileIsUnusable()
    {
        WorkflowStage stage = Sample.GoodStage().Answer(nameof(CheckFile), NotYet, new FileCheck(Sample.End(RunStatus.Failed)));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(Sample.End(RunStatus.Failed), outcome);
        Assert.DoesNotContain(nameof(CreateJob), stage.Calls);
    }

    [Fact]
    public async Task WaitForFile_LooksAgainAtOnce_WhenSomebodyCancels()
    {
        WorkflowStage stage = Sample.GoodStage().Signal(RunSignalKind.Cancel)
            .Answer(nameof(CheckFile), NotYet, new FileCheck(Sample.End(RunStatus.Cancelled)));

        FineTuneOutcome outcome = await FineTuneWorkflow.RunAsync(stage.Context, Sample.Input);

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Equal(WorkflowStage.Start, stage.Now);
    }
}
