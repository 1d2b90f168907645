using System.Globalization;
using FineTune.Ports;
using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task ContinueAsNew_KeepsHistorySmall_WhenThereAreManyGenerations()
    {
        int longest = 0;
        await using var engine = await new TestEngine().With("Main", CountUpAsync).StartAsync();
        engine.Script.Behaviour = (_, input, _, _) =>
        {
            longest = Math.Max(longest, engine.Journal.ReadSteps(TestEngine.Id).Count);
            return Task.FromResult(input);
        };

        await engine.LaunchAsync(input: "1");
        await engine.RunOutAsync(step: TimeSpan.FromSeconds(1));

        Assert.Equal("200", engine.Output());
        Assert.Equal(200, engine.Journal.Find(TestEngine.Id)!.Generation);
        Assert.InRange(longest, 1, 2);
    }

    [Fact]
    public async Task ContinueAsNew_KeepsUnconsumedEvents_ForNextGeneration()
    {
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1));
            if (input.Text == "a")
            {
                context.ContinueAsNew(new Word("b"));
                return input;
            }

            return (await context.WaitForExternalEvent<Word>("answer", TimeSpan.FromHours(1)))!;
        }).StartAsync();
        await engine.LaunchAsync();

        await engine.RaiseAsync("answer", "kept");
        await engine.RunOutAsync();

        Assert.Equal("kept", engine.Output());
    }

    [Fact]
    public async Task ContinueAsNew_IsNotHonoured_WhenWorkflowThrowsAfterIt()
    {
        await using var engine = await new TestEngine().With("Main", (context, input) =>
        {
            context.ContinueAsNew(input);
            throw new HopelessException("over");
        }).StartAsync();

        await engine.LaunchAsync();
        await engine.IdleAsync();

        Assert.Equal(WorkflowStatus.Failed, engine.State().Status);
    }

    [Fact]
    public async Task ContinueAsNew_IgnoresWhatEarlierGenerationLeftBehind()
    {
        var release = new TaskCompletionSource();
        await using var engine = await new TestEngine().With("Main", async (context, input) =>
        {
            if (input.Text == "a")
            {
                _ = context.CallAsync(nameof(Fetch), input);
                await context.CreateTimer(TimeSpan.FromSeconds(1));
                context.ContinueAsNew(new Word("b"));
                return input;
            }

            return await context.CallAsync(nameof(Refine), input);
        }).StartAsync();
        engine.Script.Behaviour = async (activity, input, _, _) =>
        {
            await (activity == nameof(Fetch) ? release.Task : Task.CompletedTask);
            return $"{activity}({input})";
        };
        await engine.LaunchAsync();
        await TestEngine.UntilAsync(() => engine.Journal.ReadSteps(TestEngine.Id).Count == 2);

        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await TestEngine.UntilAsync(() => engine.State().Status != WorkflowStatus.Running);
        release.SetResult();
        await engine.IdleAsync();

        Assert.Equal("Refine(b)", engine.Output());
    }

    private static async Task<Word> CountUpAsync(IWorkflowContext context, Word input)
    {
        await context.CallAsync(nameof(Fetch), input);
        await context.CreateTimer(TimeSpan.FromSeconds(1));
        int count = int.Parse(input.Text, CultureInfo.InvariantCulture);
        if (count < 200)
        {
            context.ContinueAsNew(new Word($"{count + 1}"));
        }

        return input;
    }
}
