using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

public sealed class SubWorkflowTests
{
    [Fact]
    public async Task CallSubWorkflow_ReturnsItsResult_WhenItCompletes()
    {
        await using var engine = await StartAsync(Workflows.ThreeStepsAsync);

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal("Store(Refine(Fetch(a)))", engine.Output());
        Assert.Equal(WorkflowStatus.Completed, engine.State("i-1:child").Status);
    }

    [Fact]
    public async Task CallSubWorkflow_ThrowsWhatItFailedWith_WhenItFails()
    {
        await using var engine = await StartAsync((_, _) => throw new HopelessException("lost"));

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal("ActivityFailedException: Child failed: lost", engine.State().Failure);
    }

    [Fact]
    public async Task CallSubWorkflow_Fails_WhenThereIsNoSuchWorkflow()
    {
        await using var engine = await new TestEngine().With("Main", CallChildAsync).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Contains("There is no workflow 'Child'", engine.State().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallSubWorkflow_Fails_WhenIdBelongsToSomeoneElse()
    {
        await using var engine = await StartAsync(Workflows.ThreeStepsAsync);
        await engine.LaunchAsync("Child", id: "i-1:child");
        await engine.IdleAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Contains("started by someone else", engine.State().Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallSubWorkflow_JoinsChildOfEarlierGeneration_WhenIdIsTheSame()
    {
        await using var engine = await new TestEngine().With("Child", Workflows.ThreeStepsAsync).With("Main", async (context, input) =>
        {
            var result = await context.CallSubWorkflowAsync<Word>("Child", "i-1:child", input);
            if (input.Text == "a")
            {
                context.ContinueAsNew(new Word("b"));
            }

            return result;
        }).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal("Store(Refine(Fetch(a)))", engine.Output());
        Assert.Equal(3, engine.Script.Calls.Count);
    }

    private static Task<TestEngine> StartAsync(Func<IWorkflowContext, Word, Task<Word>> child)
        => new TestEngine().With("Main", CallChildAsync).With("Child", child).StartAsync();

    private static Task<Word> CallChildAsync(IWorkflowContext context, Word input)
        => context.CallSubWorkflowAsync<Word>("Child", context.InstanceId + ":child", input);
}
