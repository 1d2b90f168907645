using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

/// <summary>An instance that is over can be forgotten, and only that.</summary>
public sealed class ForgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forget_LeavesNothing_OfAnInstanceThatFailed()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();
        engine.Script.Behaviour = (activity, _, _, _) => activity == nameof(Refine) ? throw new HopelessException("never") : Task.FromResult("fetched");
        await engine.LaunchAsync();
        await engine.IdleAsync();
        Assert.NotEmpty(engine.Journal.ReadSteps(TestEngine.Id)); // kept for whoever looks into the failure

        await engine.Client.ForgetAsync(TestEngine.Id, Token);
        await engine.Client.ForgetAsync(TestEngine.Id, Token);

        Assert.Null(await engine.Client.FindStateAsync(TestEngine.Id, Token));
        Assert.Empty(engine.Journal.ReadSteps(TestEngine.Id));
    }

    [Fact]
    public async Task Forget_FreesTheId()
    {
        await using var engine = await new TestEngine().With("Main", Workflows.ThreeStepsAsync).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        await engine.Client.ForgetAsync(TestEngine.Id, Token);

        Assert.True(await engine.LaunchAsync(input: "b"));
        await engine.IdleAsync();
        Assert.Equal("Store(Refine(Fetch(b)))", engine.Output());
    }

    [Fact]
    public async Task Forget_LeavesAnInstanceAlone_ThatIsNotOver()
    {
        await using var engine = await new TestEngine().With("Main", SleepFirstAsync).StartAsync();
        await engine.LaunchAsync();
        await engine.IdleAsync();

        await engine.Client.ForgetAsync(TestEngine.Id, Token);

        Assert.Equal(WorkflowStatus.Completed, (await engine.RunOutAsync()).Status);
        Assert.Equal("Store(Refine(Fetch(a)))", engine.Output());
    }

    private static async Task<Word> SleepFirstAsync(IWorkflowContext context, Word input)
    {
        await context.CreateTimer(TimeSpan.FromMinutes(5));
        return await Workflows.ThreeStepsAsync(context, input);
    }
}
