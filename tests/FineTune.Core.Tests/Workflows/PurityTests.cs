using FineTune.Activities;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>A workflow's code decides by its answers alone: told the same story, it does the same things in the same order.</summary>
public sealed class PurityTests
{
    [Fact]
    public async Task FineTuneWorkflow_DoesTheSame_WhenItIsToldTheSame()
    {
        List<string> first = await TellAsync();
        List<string> second = await TellAsync();

        Assert.Equal(first, second);
        Assert.StartsWith(nameof(CleanUp), first[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowJobWorkflow_DoesTheSame_WhenItIsToldTheSame()
    {
        Assert.Equal(await FollowAsync(), await FollowAsync());
    }

    private static async Task<List<string>> TellAsync()
    {
        WorkflowStage stage = Sample.GoodStage().Signal(RunSignalKind.Approve)
            .AnswerSubWorkflow(nameof(CreateJobWorkflow), "run-1-create", new JobCreation(End: null, "ftjob-1"))
            .Answer(nameof(CheckFile), new FileCheck(End: null), new FileCheck(End: null, Ready: true))
            .Answer(nameof(CreateJob), new JobCreation(End: null, Wait: TimeSpan.FromSeconds(7)), new JobCreation(End: null, "ftjob-1"));
        FineTuneInput input = Sample.Input with { Validation = Sample.Validation, Limits = Sample.Limits with { ApproveAbove = 1 } };
        await FineTuneWorkflow.RunAsync(stage.Context, input);
        return stage.Story;
    }

    private static async Task<List<string>> FollowAsync()
    {
        WorkflowStage stage = new WorkflowStage().Answer(
            nameof(ReadJob),
            new JobLook(new("queued"), false, true, "ev-1", new FineTuneProgress(FineTuneStep.Training, "queued")),
            new JobLook(new("running"), false, false, null, new FineTuneProgress(FineTuneStep.Training, "running", 50)));
        await FollowJobWorkflow.RunAsync(
            stage.Context,
            new FollowJobInput("run-1", "ftjob-1", Sample.Limits, WorkflowStage.Start.AddDays(1), Sample.Limits.PollEvery));
        return stage.Story;
    }
}
