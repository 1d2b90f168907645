using FineTune.Activities;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Workflows;

/// <summary>The wait for a person's word: the activity decides, the workflow only asks again.</summary>
public sealed class ApprovalWorkflowTests
{
    private static readonly SpendingApproval NotYet = new(End: null, TimeSpan.FromDays(1), "Waiting for approval of up to $3.20");

    private static readonly ApproveInput Input = new("run-1", "key", 3.20m, 4, Sample.Limits);

    [Fact]
    public async Task RunAsync_AsksAgainAsTold_UntilThereIsAnAnswer()
    {
        SpendingApproval approved = new(End: null, Epochs: 4);
        WorkflowStage stage = StageOf(NotYet, NotYet, approved);

        Assert.Equal(approved, await ApprovalWorkflow.RunAsync(stage.Context, Input));

        Assert.Equal([TimeSpan.FromDays(1), TimeSpan.FromDays(1)], stage.Waits);
        Assert.Equal(new FineTuneProgress(FineTuneStep.AwaitingApproval, NotYet.Detail!), stage.Progress[0]);
        Assert.All(stage.Inputs, input => Assert.Equal(Input, input));
    }

    [Theory]
    [InlineData(RunSignalKind.Approve)]
    [InlineData(RunSignalKind.Reject)]
    [InlineData(RunSignalKind.Cancel)]
    [InlineData(RunSignalKind.Resume)]
    public async Task RunAsync_AsksAtOnce_WhenSomebodySaysSomething(RunSignalKind kind)
    {
        SpendingApproval refused = new(Sample.End(RunStatus.Rejected));
        WorkflowStage stage = StageOf(NotYet, refused).Signal(kind);

        Assert.Equal(refused, await ApprovalWorkflow.RunAsync(stage.Context, Input));

        Assert.Equal(WorkflowStage.Start, stage.Now);
    }

    [Fact]
    public async Task RunAsync_ContinuesAsNew_WhenFiftyQuestionsAreUsedUp()
    {
        WorkflowStage stage = StageOf(NotYet);

        await ApprovalWorkflow.RunAsync(stage.Context, Input);

        Assert.Equal(50, stage.Calls.Count);
        Assert.Equal(Input, Assert.Single(stage.ContinuedWith));
    }

    private static WorkflowStage StageOf(params SpendingApproval[] answers) => new WorkflowStage().Answer(nameof(ApproveSpending), answers);
}
