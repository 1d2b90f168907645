using FineTune.Ports;
using Microsoft.Data.Sqlite;

namespace FineTune.Local.Tests.Engine;

/// <summary>The power fails before the n-th transaction, for every n there is, and once more at the next one after that.</summary>
public sealed class InterruptionTests
{
    [Fact]
    public async Task Run_EndsTheSame_WhereverItIsInterrupted()
    {
        string? expected = await RunAsync(new PowerCut(afterCommits: int.MaxValue), new PowerCut(int.MaxValue));
        Assert.Equal("Store(second Fetch(ax) Refine(Fetch(ay)) yes)", expected);

        int survived = 0;
        bool wasCut;
        do
        {
            var cut = new PowerCut(survived);
            Assert.Equal(expected, await RunAsync(cut, new PowerCut(survived % 3)));
            wasCut = cut.IsCut;
            survived++;
        }
        while (wasCut);

        Assert.InRange(survived, 15, 60);
    }

    /// <summary>Runs into the cuts, starts again after each, and returns the output.</summary>
    private static async Task<string?> RunAsync(params PowerCut[] cuts)
    {
        await using var engine = new TestEngine()
            .With("Main", Workflows.EverythingAsync)
            .With("Child", (context, input) => context.CallAsync(nameof(Refine), input));
        foreach (var cut in cuts)
        {
            engine.BeforeCommit = cut.PassAsync;
            await engine.StartAsync();
            await DriveAsync(engine, cut);
            if (!cut.IsCut)
            {
                return engine.Output();
            }

            await engine.KillAsync();
        }

        engine.BeforeCommit = null;
        await AssertJournaledStaysDoneAsync(engine);
        return engine.Output();
    }

    private static async Task AssertJournaledStaysDoneAsync(TestEngine engine)
    {
        var done = engine.Journal.ListUnfinished()
            .SelectMany(row => engine.Journal.ReadSteps(row.Id))
            .Where(step => step.Outcome is not null && step.Input is not null)
            .Select(step => $"{step.Name}({step.Input!.Split('"')[3]})")
            .ToArray();
        var before = engine.Script.Calls.Where(done.Contains).ToArray();

        await engine.StartAsync();
        await DriveAsync(engine, new PowerCut(int.MaxValue));

        Assert.Equal(before, engine.Script.Calls.Where(done.Contains));
    }

    /// <summary>Plays the outside world until the workflow has ended or the power fails.</summary>
    private static async Task DriveAsync(TestEngine engine, PowerCut cut)
    {
        bool asked = false;
        for (int i = 0; i < 100; i++)
        {
            await Task.WhenAny(engine.IdleAsync(), cut.Cut);
            if (cut.IsCut || engine.Journal.Find(TestEngine.Id) is { Status: not WorkflowStatus.Running })
            {
                return;
            }

            await Task.WhenAny(asked ? TellAsync(engine) : engine.LaunchAsync(), cut.Cut);
            asked = true;
            engine.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Fail("It neither ended nor was interrupted.");
    }

    private static async Task TellAsync(TestEngine engine)
    {
        bool isWaiting = engine.Journal.ReadSteps(TestEngine.Id).Any(step => step is { Name: "answer", Outcome: null });
        if (isWaiting && engine.Journal.ReadInbox(TestEngine.Id).Count == 0)
        {
            await engine.RaiseAsync("answer", "yes");
        }
    }

    private sealed class PowerCut(int afterCommits)
    {
        private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _commits;

        public Task Cut => _cut.Task;

        public bool IsCut => _cut.Task.IsCompleted;

        public async Task PassAsync(SqliteConnection connection, CancellationToken cancellationToken)
        {
            if (++_commits > afterCommits)
            {
                _cut.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        }
    }
}
